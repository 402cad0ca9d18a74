// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// The statement of a member and month as files for people and programs. Spec: Protocol/local-api.md §7.
enum StatementFiles {
    /// Text, HTML, JSON, CSV and the canonical text; with the member's booking rules also its journal.
    static func export(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["maand"], optional: ["lid", "taal", "boeking"])
        let month = try DocumentAnswers.month(body)
        let own = api.engine.member.oin
        let oin = body["lid"]?.text.flatMap { OIN($0) } ?? own
        let language = body["taal"]?.text.flatMap(SheetLanguage.init(rawValue:)) ?? .dutch
        let rules = try body["boeking"].flatMap { $0 == .null ? nil : $0 }
            .map { value throws(APIProblem) in try BookingReader.read(value, member: PartyID(own)) }
        let books = try Books(api.store.books)
        let result = await api.engine.read { engine -> Result<StatementSheet, SettlementRefusal> in
            do throws(SettlementRefusal) {
                let input = try SettlementInput(engine.state, through: month)
                let statement = try input.statement(of: PartyID(oin), in: month)
                var sheet = self.sheet(statement, input, engine, api)
                let acts = StatementActs(statement, digest: sheet.digest, books, engine)
                (sheet.confirmation, sheet.approval, sheet.order) = (acts.confirmation, acts.approval, acts.order)
                return .success(sheet)
            } catch { return .failure(error) }
        }
        let sheet = try SettlingAnswers.get(result)
        let name = "overzicht-\(month)-\(oin)"
        let json = String(decoding: sheet.statement.jsonBytes, as: UTF8.self)
        var files: [(String, String)] = [
            (name + ".txt", sheet.text(language)), (name + ".html", sheet.html(language)), (name + ".json", json),
            (name + ".csv", sheet.statement.csv), (name + ".canoniek", sheet.statement.canonicalText),
        ]
        if let rules { files += try await journal(month, rules, api) }
        return .json([
            "maand": .string(month.description),
            "bestanden": .array(files.map { ["naam": .string($0), "inhoud": .string($1)] }),
        ])
    }

    private static func journal(
        _ month: CivilMonth, _ rules: (BookingRules, JournalLayout), _ api: LocalAPI
    ) async throws(APIProblem) -> [(String, String)] {
        let result = await api.engine.read { engine -> Result<[BillingDocument], MonthDocuments.Refusal> in
            do throws(MonthDocuments.Refusal) {
                let documents = try DocumentAnswers.following(month, month.lastDay, engine)
                let own = engine.member.oin
                let issued = try documents.issued(by: own).filter { $0.facts.issuer.id == rules.0.member }
                let received = try documents.received(by: own).filter { $0.facts.receiver.id == rules.0.member }
                return .success(received + issued)
            } catch { return .failure(error) }
        }
        var entries: [JournalEntry] = []
        for document in try DocumentAnswers.get(result) {
            do throws(BookingRefusal) { entries.append(try JournalEntry(document, rules: rules.0)) } catch {
                throw .conflict("The journal is not written: \(error.description).")
            }
        }
        let name = "journaal-\(month)"
        return [
            (name + ".csv", JournalText.csv(entries, layout: rules.1)),
            (name + ".hledger", JournalText.hledger(entries)),
        ]
    }

    private static func sheet(
        _ statement: StatementOfAccount, _ input: SettlementInput, _ engine: isolated NodeEngine, _ api: LocalAPI
    ) -> StatementSheet {
        let digest = engine.suite.hash(Array(statement.canonicalText.utf8))
        var sheet = StatementSheet(statement, digest: digest, cooperative: engine.genesis.cooperative.name)
        for cell in statement.cells {
            let key = cell.cell.key
            for party in [key.provider, key.consumer] { sheet.partyNames[party] = CellDocument.name(party, api) }
            sheet.applicationNames[key.application] = CellDocument.name(key.application, api)
        }
        sheet.partyNames[statement.party] = CellDocument.name(statement.party, api)
        sheet.respondBy = try? WorkingDays().disputeDeadline(statedOn: engine.settled.epoch.date, terms: input.terms)
        if let before = statement.month.adding(months: -1),
           let net = try? SettlementInput(engine.state, through: before).statement(of: statement.party, in: before)
            .total(.memberPays).net {
            sheet.previousNet = net
        }
        return sheet
    }
}
