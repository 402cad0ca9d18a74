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
        rows += lines.map(\.canonicalFields)
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
}

extension ProposedDocument {
    /// What the document will hold, whatever its number and date: the same bytes on every node, the digest of its
    /// inputs. Spec: Protocol/settlement-documents.md §6.
    public var canonicalText: String {
        var rows: [[String]] = [["korf-proposal/v1"], ["proposal", name, "\(epoch)"]]
        for original in originals {
            rows.append(["corrects", "\(original.serviceMonth)", "\(original.number)", "\(original.issueDate)"])
        }
        rows += lines.map(\.canonicalFields)
        rows.append(["net", "\(net)"])
        return rows.map { $0.joined(separator: " ") + "\n" }.joined()
    }
}

extension BillingLine {
    fileprivate var canonicalFields: [String] {
        [
            "line", id, kind.rawValue, "\(serviceMonth)", units.map(\.description) ?? "-",
            price.map(\.description) ?? "-", "\(amount)", vat.category.rawValue, "\(vat.rate)",
            isPart ? "part" : "whole", decision.map(\.description) ?? "-", corrects.map(\.description) ?? "-",
        ]
    }
}
