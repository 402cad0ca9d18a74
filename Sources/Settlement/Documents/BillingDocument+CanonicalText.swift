// SPDX-License-Identifier: EUPL-1.2
import Journal

extension BillingDocument {
    /// The document as UTF-8 lines that end in LF: the same bytes on every node, the input of its own digest.
    /// Spec: Protocol/settlement-documents.md §6.
    public var canonicalText: String {
        var rows: [[String]] = [["korf-document/v1"]]
        rows.append(["document", kind.rawValue, "\(number)", leg.rawValue])
        rows.append(["between", facts.issuer.id.text, facts.receiver.id.text])
        rows.append(["dated", "\(facts.issueDate)", "\(dueDate)"])
        rows.append(["inputs", "\(facts.inputs)"])
        for original in originals {
            rows.append(["corrects", "\(original.serviceMonth)", "\(original.number)", "\(original.issueDate)"])
        }
        for line in lines { rows.append(Self.fields(of: line)) }
        for subtotal in vat {
            rows.append([
                "vat", subtotal.category.rawValue, "\(subtotal.rate)", "\(subtotal.taxable)", "\(subtotal.amount)",
            ])
        }
        rows.append(["total", "\(net)", "\(vatAmount)", "\(gross)"])
        rows.append(["order", facts.orderReference ?? "-"])
        rows.append(["reference", facts.buyerReference ?? "-"])
        rows.append(["exemption", exemptionReason ?? "-"])
        return rows.map { $0.joined(separator: " ") + "\n" }.joined()
    }

    private static func fields(of line: BillingLine) -> [String] {
        [
            "line", line.id, line.kind.rawValue, "\(line.serviceMonth)", optional(line.units), optional(line.price),
            "\(line.amount)", line.vat.category.rawValue, "\(line.vat.rate)", line.isPart ? "part" : "whole",
            optional(line.decision), optional(line.corrects),
        ]
    }

    private static func optional(_ value: (some CustomStringConvertible)?) -> String {
        value.map(\.description) ?? "-"
    }
}
