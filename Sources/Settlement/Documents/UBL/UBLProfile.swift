// SPDX-License-Identifier: EUPL-1.2

/// The rules that an electronic invoice says it keeps; one file for each number, never both.
/// Spec: Protocol/documents.md §3.
public enum UBLProfile: String, Hashable, Sendable, CaseIterable {
    /// NLCIUS 1.0 in UBL, also known as SI-UBL 2.0: what Dutch government receives.
    case nlcius
    /// Peppol BIS Billing 3.0.
    case peppol

    /// BT-24.
    public var customizationID: String {
        switch self {
        case .nlcius: "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
        case .peppol: "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
        }
    }

    /// BT-23, the same in both: a receiver on the network is found by it.
    public static let processID = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
}
