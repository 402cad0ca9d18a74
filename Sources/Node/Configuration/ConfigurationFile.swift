// SPDX-License-Identifier: EUPL-1.2
import Journal
public import Notation

extension Configuration {
    /// Everything that is wrong with a configuration, each with its line.
    public struct Invalid: Error, Sendable, CustomStringConvertible {
        /// In the order of the file's fields.
        public let findings: [Finding]

        public var description: String { findings.map(\.description).joined(separator: "\n") }
    }

    /// Reads `korf.yaml`.
    /// - Parameter folder: what relative paths start from.
    public init(_ document: PositionedNode, folder: String) throws(Invalid) {
        var reader = DocumentReader()
        let read = Self.read(document, folder: folder, &reader)
        guard reader.findings.isEmpty, let read else { throw Invalid(findings: reader.findings) }
        self = read
    }

    private static func read(
        _ document: PositionedNode, folder: String, _ reader: inout DocumentReader
    ) -> Configuration? {
        func path(_ text: String) -> String { text.hasPrefix("/") ? text : "\(folder)/\(text)" }
        guard let top = reader.mapping(
            document, path: "",
            mandatory: ["data", "externalHead", "logKey", "agreementKey", "genesis", "tls", "listen", "socket"],
            optional: [
                "card", "peers", "proxy", "exchange", "feeds", "flush", "log", "start", "recordEvents", "books",
            ])
        else { return nil }
        func file(_ name: String, in mapping: PositionedNode.Mapping, at prefix: String = "") -> String? {
            reader.text(mapping[name]?.value, path: prefix + name).map(path)
        }
        let tls = readTLS(top["tls"]?.value, &reader, path)
        let listen = reader.value(top["listen"]?.value, path: "listen", expected: "host:port", ListenAddress.init)
        guard let data = file("data", in: top), let head = file("externalHead", in: top),
              let logKey = file("logKey", in: top), let agreementKey = file("agreementKey", in: top),
              let genesis = file("genesis", in: top), let socket = file("socket", in: top), let tls, let listen
        else { return nil }
        if head.hasPrefix(data + "/"), let node = top["externalHead"]?.value {
            reader.refuse(
                "externalHead", at: node, "has to stand outside the data directory, so that a restore is noticed")
        }
        var result = Configuration(
            dataDirectory: data, externalHead: head, logKey: logKey, agreementKey: agreementKey, genesis: genesis,
            tls: tls, listen: listen, socket: socket)
        result.card = top["card"] == nil ? "\(folder)/card.korf-card" : file("card", in: top) ?? ""
        result.recordEvents = file("recordEvents", in: top)
        result.readPeers(top["peers"]?.value, &reader)
        result.readTimes(top, &reader)
        result.readBooks(top["books"]?.value, &reader)
        result.readFeeds(top["feeds"]?.value, &reader)
        result.proxy = reader.value(top["proxy"]?.value, path: "proxy", expected: "http://host:port") { text in
            text.hasPrefix("http://") ? text : nil
        }
        return result
    }

    private static func readTLS(
        _ node: PositionedNode?, _ reader: inout DocumentReader, _ path: (String) -> String
    ) -> TLS? {
        guard let node, let fields = reader.mapping(
            node, path: "tls", mandatory: ["certificate", "key", "anchors"], optional: ["revocation"])
        else { return nil }
        guard let certificate = reader.text(fields["certificate"]?.value, path: "tls.certificate"),
              let key = reader.text(fields["key"]?.value, path: "tls.key"),
              let anchors = reader.text(fields["anchors"]?.value, path: "tls.anchors")
        else { return nil }
        let revocation = reader.text(fields["revocation"]?.value, path: "tls.revocation")
        return TLS(
            certificate: path(certificate), key: path(key), anchors: path(anchors), revocation: revocation.map(path))
    }

    private mutating func readPeers(_ node: PositionedNode?, _ reader: inout DocumentReader) {
        guard let node, !node.isNull else { return }
        guard let mapping = node.mapping else {
            reader.refuse("peers", at: node, "expected OINs, each with endpoint or dial")
            return
        }
        for member in mapping.members {
            let path = "peers.\(member.name)"
            guard let oin = OIN(member.name) else {
                reader.refuse(path, at: member.value, "expected an OIN: twenty digits between quotes")
                continue
            }
            guard let fields = reader.mapping(member.value, path: path, mandatory: [], optional: ["endpoint", "dial"])
            else { continue }
            let endpoint = reader.value(fields["endpoint"]?.value, path: path + ".endpoint", expected: "host:port") {
                ListenAddress($0) == nil ? nil : $0
            }
            let dial = reader.boolean(fields["dial"]?.value, path: path + ".dial")
            peers[oin] = Peer(endpoint: endpoint, dial: dial ?? true)
        }
    }

    private mutating func readBooks(_ node: PositionedNode?, _ reader: inout DocumentReader) {
        guard let node, let fields = reader.mapping(
            node, path: "books", mandatory: [], optional: ["issue", "confirm", "approve", "record", "orders"])
        else { return }
        func names(_ name: String) -> [String]? {
            guard let list = fields[name]?.value else { return nil }
            let path = "books.\(name)"
            return reader.elements(list, path: path).enumerated().compactMap { place, item in
                reader.text(item, path: "\(path)[\(place)]")
            }
        }
        (books.issuers, books.orderers) = (names("issue"), names("confirm"))
        (books.controllers, books.clerks) = (names("approve"), names("record"))
        books.asksForOrders = reader.boolean(fields["orders"]?.value, path: "books.orders") ?? false
    }

    private mutating func readFeeds(_ node: PositionedNode?, _ reader: inout DocumentReader) {
        guard let node, !node.isNull else { return }
        for (place, item) in reader.elements(node, path: "feeds").enumerated() {
            let path = "feeds[\(place)]"
            guard let fields = reader.mapping(item, path: path, mandatory: ["source", "silentHours"], optional: [])
            else { continue }
            let source = reader.text(fields["source"]?.value, path: path + ".source")
            let hours = reader.integer(fields["silentHours"]?.value, path: path + ".silentHours", in: 1...744)
            if let source, let hours { feeds[source] = Int(hours) }
        }
    }

    private mutating func readTimes(_ top: PositionedNode.Mapping, _ reader: inout DocumentReader) {
        if let node = top["exchange"]?.value,
           let fields = reader.mapping(
               node, path: "exchange", mandatory: [], optional: ["everySeconds", "coalesceMilliseconds"]) {
            let every = reader.integer(fields["everySeconds"]?.value, path: "exchange.everySeconds", in: 1...3_600)
            exchangeSeconds = every.map(Int.init) ?? exchangeSeconds
            let wait = reader.integer(
                fields["coalesceMilliseconds"]?.value, path: "exchange.coalesceMilliseconds", in: 0...60_000)
            coalesceMilliseconds = wait.map(Int.init) ?? coalesceMilliseconds
        }
        if let node = top["flush"]?.value,
           let fields = reader.mapping(node, path: "flush", mandatory: [], optional: ["at", "everySeconds"]) {
            let minute = reader.value(
                fields["at"]?.value, path: "flush.at", expected: "a time such as \"02:00\"", Self.minuteOfDay)
            if let minute { flush = .daily(minute: minute) }
            let every = reader.integer(fields["everySeconds"]?.value, path: "flush.everySeconds", in: 1...86_400)
            if let every { flush = .every(seconds: Int(every)) }
        }
        if let node = top["start"]?.value,
           let fields = reader.mapping(node, path: "start", mandatory: [], optional: ["ownHeadSeconds"]) {
            let seconds = reader.integer(fields["ownHeadSeconds"]?.value, path: "start.ownHeadSeconds", in: 0...600)
            ownHeadSeconds = seconds.map(Int.init) ?? ownHeadSeconds
        }
        let level = reader.value(
            top["log"]?.value, path: "log", expected: "debug, info, warning or error", LogWriter.Level.init(rawValue:))
        logLevel = level ?? logLevel
    }

    private static func minuteOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
              let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}
