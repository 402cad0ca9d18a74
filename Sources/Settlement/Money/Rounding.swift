// SPDX-License-Identifier: EUPL-1.2

/// The one rounding of money. Spec: Protocol/settlement.md §3.
public enum Rounding {
    /// `numerator / denominator`, half away from zero. `denominator` is above zero.
    public static func halfAway(_ numerator: Int128, over denominator: Int128) -> Int128 {
        precondition(denominator > 0, "a rounding divides by a positive number")
        let (quotient, remainder) = numerator.magnitude.quotientAndRemainder(dividingBy: denominator.magnitude)
        let rounded = quotient + (remainder >= denominator.magnitude - remainder ? 1 : 0)
        return numerator < 0 ? -Int128(rounded) : Int128(rounded)
    }

    static func cents(_ numerator: Int128, over denominator: Int128, _ what: String)
        throws(SettlementRefusal) -> Cents {
        try Cents(exactly: halfAway(numerator, over: denominator), what)
    }
}
