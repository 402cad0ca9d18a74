// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What the deciding organ says of a cell about which two parties could not agree.
/// Spec: Protocol/voting.md §5, kind 15.
public struct DecidedCount: Hashable, Sendable {
    /// The month.
    public let month: CivilMonth
    /// The application's id.
    public let application: String
    /// Who provides it.
    public let provider: OIN
    /// Who uses it.
    public let consumer: OIN
    /// The tariff class.
    public let tariffClass: String
    /// How much counts.
    public let quantity: Int64

    /// `nil` where provider and consumer are one, for a quantity outside 0 to 2^62, or for a name of another form.
    public init?(
        month: CivilMonth, application: String, provider: OIN, consumer: OIN, tariffClass: String, quantity: Int64
    ) {
        guard provider != consumer, (0...UsageCounters.largest).contains(quantity),
              SlugText.isValid(application.utf8, longest: CooperativeLimits.applicationBytes),
              SlugText.isValid(tariffClass.utf8, longest: CooperativeLimits.tariffClassBytes)
        else { return nil }
        (self.month, self.application, self.provider, self.consumer) = (month, application, provider, consumer)
        (self.tariffClass, self.quantity) = (tariffClass, quantity)
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: 6)
        writer.integer(Int(month.monthNumber))
        writer.text(application)
        writer.text(provider.digits)
        writer.text(consumer.digits)
        writer.text(tariffClass)
        writer.integer(quantity)
    }
}
