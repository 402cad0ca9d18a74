// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Storage

/// Copies of what the node holds. Spec: Protocol/local-api.md §8.
enum KeepingAnswers {
    static func backup(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let target = try folder(request)
        do throws(StorageFailure) { try api.store.backup(to: target) } catch {
            if case .refused = error { throw .conflict(error.description) }
            throw APIProblem(error)
        }
        let instant = api.clock.instantText()
        BackupMark.write(instant, api.configuration.dataDirectory)
        return .created(["map": .string(target), "tijdstip": .string(instant)])
    }

    static func tiles(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let target = try folder(request)
        let (tips, forks, epoch, since) = await api.engine.read { engine in
            (
                engine.tips.values.sorted { $0.log < $1.log }, engine.forks.values.sorted { $0.log < $1.log },
                engine.store.epochNumber, engine.shortSince
            )
        }
        var export = TileExport(store: api.store.journal, suite: api.engine.suite, directory: target)
        do throws(TileExport.Failure) {
            try export.add(api.engine.genesis)
            try export.addEpochs(upTo: epoch)
            for tip in tips { try export.add(tip) }
            for fork in forks { try export.add(fork) }
        } catch { throw .conflict(error.description) }
        var shortfalls: [JSON] = []
        for shortfall in export.shortfalls {
            shortfalls.append(await document(shortfall, since: since[shortfall.log], api))
        }
        return .created([
            "map": .string(target), "tekorten": .array(shortfalls),
            "logs": .array(export.logs.map { log in
                [
                    "logId": .string(log.log.description), "map": .string(log.directory),
                    "omvang": .count(log.size.count),
                ]
            }),
            "bewijzen": .count(forks.count), "tijdperken": .count(epoch),
        ])
    }

    /// The year bundle for an accountant.
    static func bundle(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["map", "jaar"])
        let target = try folder(body)
        guard let year = body["jaar"]?.wholeNumber.flatMap({ Int(exactly: $0) }), CivilDate.years.contains(year) else {
            throw .badRequest(
                "jaar has to be a calendar year.", [.init(path: "jaar", message: "expected a year such as 2026")])
        }
        let settled = await api.engine.read { $0.settled }
        var bundle = YearBundle(api.store.journal, api.engine.suite, settled, year: year)
        do throws(YearBundle.Failure) { try bundle.write(to: target) } catch { throw .conflict(error.description) }
        let manifest = bundle.manifest
        return .created([
            "map": .string(target), "jaar": .count(year), "bestanden": .count(manifest.files.count + 1),
            "overzichten": .count(manifest.files.count { $0.path.hasSuffix(".canonical") }),
            "tijdperk": .count(manifest.epoch), "tijdperkDatum": .string(manifest.date.description),
            "toestandsdigest": .string(manifest.state.description),
            "digest": .string(api.engine.suite.hash(Array(manifest.text.utf8)).description),
        ])
    }

    /// Of which log what is missing, and since when this node knows it.
    private static func document(_ shortfall: TileExport.Shortfall, since: Int64?, _ api: LocalAPI) async -> JSON {
        let name = await api.engine.read { $0.name(of: shortfall.oin) }
        return [
            "logId": .string(shortfall.log.description), "oin": .string(shortfall.oin.digits), "naam": .string(name),
            "gehouden": .count(shortfall.held.count), "getekend": .count(shortfall.signed.count),
            "geschreven": .optional(shortfall.written?.count),
            "sindsTijdstip": .optional(since.map { Instant(milliseconds: $0).description }),
        ]
    }

    private static func folder(_ request: APIRequest) throws(APIProblem) -> String {
        try folder(try request.object(mandatory: ["map"]))
    }

    private static func folder(_ body: JSON) throws(APIProblem) -> String {
        let path = body["map"]?.text ?? ""
        guard path.hasPrefix("/"), !path.utf8.contains(0) else {
            throw .badRequest(
                "map has to be an absolute path.", [.init(path: "map", message: "expected an absolute path")])
        }
        return path
    }
}

/// When the last backup was made, in a file beside the databases.
enum BackupMark {
    private static let name = "last-backup"

    static func read(_ directory: String) -> String? {
        guard let bytes = try? PlainFile.read("\(directory)/\(name)"), bytes.count <= 40 else { return nil }
        let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
        return text.isEmpty ? nil : text
    }

    /// A mark that cannot be written leaves the older one: `status` then asks for a backup too early, never too late.
    static func write(_ instant: String, _ directory: String) {
        try? PlainFile.replace("\(directory)/\(name)", Array((instant + "\n").utf8))
    }
}
