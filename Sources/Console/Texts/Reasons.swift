// SPDX-License-Identifier: EUPL-1.2

/// What a node says in English about transfers and its own log, in Dutch, so that a screen has one language. A
/// reason that is not here is shown as the node said it.
enum Reasons {
    static let dutch: [String: String] = [
        "The connection was refused.": "de verbinding werd geweigerd",
        "No connection within the time allowed.": "geen verbinding binnen de tijd",
        "No complete answer within the time allowed.": "geen volledig antwoord binnen de tijd",
        "The transfer fell below the minimum rate.": "de overdracht was te traag",
        "The peer closed the connection without an answer; it may have refused our certificate.":
            "de verbinding werd zonder antwoord gesloten; misschien is ons certificaat geweigerd",
        "The connection was lost during the answer.": "de verbinding viel weg tijdens het antwoord",
        "The peer's certificate has expired.": "zijn certificaat is verlopen",
        "The peer's certificate is not valid yet.": "zijn certificaat is nog niet geldig",
        "The peer's certificate was revoked.": "zijn certificaat is ingetrokken",
        "No current revocation list covers the peer's certificate.":
            "geen geldige intrekkingslijst dekt zijn certificaat",
        "The peer's certificate leads to none of our trust anchors.":
            "zijn certificaat komt van geen van onze vertrouwde uitgevers",
        "The peer's key is none of the keys on its card.": "zijn sleutel staat niet op zijn kaart",
        "the store was restored from a backup or an older copy.":
            "de gegevens zijn teruggezet uit een back-up of een oudere kopie; verder met korf keys replace",
        "two histories of this log are known; it needs a successor.":
            "er zijn twee geschiedenissen van deze log bekend; verder met korf keys replace",
        "the newest head of the own log does not end at its last entry.":
            "het nieuwste hoofd van de eigen log eindigt niet bij haar laatste regel",
        "this log was begun already.": "deze log is al begonnen",
        "others hold more of this log: this store is an older copy.":
            "anderen hebben meer van deze log: dit is een oudere kopie; verder met korf keys replace",
    ]
}

extension Texts {
    /// A reason of the node in this language, as far as it is known.
    func reason(_ text: String) -> String { language == .nl ? Reasons.dutch[text] ?? text : text }
}
