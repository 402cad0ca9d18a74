// SPDX-License-Identifier: EUPL-1.2

extension TextTable {
    static let documents: [Text: (nl: String, en: String)] = [
        .documentsNone: ("Deze maand is er niets uit te schrijven.", "There is nothing to issue for this month."),
        .todoState: ("Stel {0} vast tegenover alle wederpartijen", "State {0} towards every counterparty"),
        .todoClose: ("{0} tekende {1}; teken hetzelfde", "{0} signed {1}; sign the same"),
        .todoConfirm: ("Verklaar de prestatie van {0} over {1}", "Confirm the performance of {0} for {1}"),
        .todoApprove: ("Geef akkoord op de betaling aan {0} over {1}", "Approve the payment to {0} for {1}"),
        .todoRelease: ("Keur {0} goed voor overhandiging", "Approve {0} for handing over"),
        .todoHandOver: ("Geef {0} aan {1}", "Hand {0} to {1}"),
        .todoOverdue: ("{0} is niet op tijd betaald", "{0} was not paid in time"),
        .todoAccount: (
            "{0} noemt een andere rekening, {1}; twee mensen aanvaarden haar",
            "{0} names another account, {1}; two people accept it"),
        .confirmedBy: ("Prestatie verklaard: {0}", "Performance confirmed: {0}"),
        .approvedBy: ("Akkoord controller: {0}", "Approved by controller: {0}"),
        .notYet: ("nog niet", "not yet"), .actOn: ("{0}, {1}, op {2}", "{0}, {1}, on {2}"),
        .statementOrder: ("Inkooporder {0}: {1}, waarvan gebruikt {2}", "Purchase order {0}: {1}, of which used {2}"),
        .receivedNothing: ("Over deze maand is er niets te betalen.", "Nothing is to be paid for this month."),
        .receivedWaits: ("nog niet goed te keuren: {0}", "cannot be approved yet: {0}"),
        .ordersNone: ("Er zijn geen inkooporders.", "There are no purchase orders."),
        .orderRow: ("{0} {1}, order {2}: {3}, gebruikt {4}", "{0} {1}, order {2}: {3}, used {4}"),
        .orderUnknown: ("overige regels", "other lines"),
        .accountsNone: ("Er zijn geen rekeningen.", "There are no accounts."),
        .accountRow: ("{0} ({1}): aanvaard {2}, kaart {3}", "{0} ({1}): accepted {2}, card {3}"),
        .accountHeld: (
            "vastgehouden tot twee mensen haar aanvaarden: korf settle iban accept {0} --iban {1}",
            "held until two people accept it: korf settle iban accept {0} --iban {1}"),
        .bankBooked: ("{0}  {1}  {2}, open {3}", "{0}  {1}  {2}, open {3}"),
        .bankBefore: ("{0} boekingen waren al bekend.", "{0} entries were known already."),
        .bankSkipped: ("! {0} van {1} ({2}): {3}", "! {0} of {1} ({2}): {3}"),
        .itemsNone: ("Er staat niets open.", "Nothing is open."),
        .itemRow: ("{0}  {1}  vervalt {2}  {3} van {4}  {5}", "{0}  {1}  due {2}  {3} of {4}  {5}"),
        .itemsAge: ("{0}, {1}: {2}", "{0}, {1}: {2}"),
        .offsetRow: ("{0}: {1} ({2}) voor {3}", "{0}: {1} ({2}) for {3}"),
        .offsetNothing: ("Er is niets te verrekenen.", "There is nothing to offset."),
        .treasurerTitle: ("Penningmeester, {0}", "Treasurer, {0}"),
        .treasurerCash: ("Saldo na {0}: {1}", "Balance after {0}: {1}"),
        .treasurerVAT: (
            "Btw {0}, {1} {2}: grondslag {3}, btw {4}", "VAT {0}, {1} {2}: taxable {3}, VAT {4}"),
        .treasurerTurnover: (
            "Omzet leden {0}, anderen {1}; meer dan 80% van leden: {2}",
            "Turnover members {0}, others {1}; more than 80% of members: {2}"),
        .outboxNone: ("Er is nog niets genummerd.", "Nothing is numbered yet."),
        .outboxAct: ("{0} door {1} op {2}", "{0} by {1} on {2}"),
        .outboxNext: ("Reeks {0}: volgende nummer {1}", "Series {0}: next number {1}"),
        .outboxEnded: (
            "Reeks {0} is geëindigd: de eigen log is opgevolgd", "Series {0} has ended: the own log was succeeded"),
        .invoiceChecked: ("Factuur {0} van {1}: {2}", "Invoice {0} of {1}: {2}"),
        .invoiceAgrees: (
            "Komt regel voor regel overeen met het eigen overzicht.", "Agrees line by line with the own statement."),
    ]
}
