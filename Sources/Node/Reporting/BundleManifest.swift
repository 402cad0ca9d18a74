// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What a bundle of a year holds, file by file, and of which state. Spec: Protocol/bundle.md §2.
struct BundleManifest: Equatable {
    struct File: Equatable {
        let path: String
        let digest: Hash
        let byteCount: Int
    }

    static let name = "manifest"
    static let form = "korf-bundle/v1"

    let network: NetworkID
    let year: Int
    let epoch: Int
    let date: CivilDate
    let state: Hash
    /// In order of their paths' bytes.
    var files: [File] = []

    /// UTF-8 lines, each ending in LF.
    var text: String {
        var text = "\(Self.form)\nnetwork \(network)\nyear \(year)\nepoch \(epoch) \(date)\nstate \(state)\n"
        for file in files { text += "file \(file.digest) \(file.byteCount) \(file.path)\n" }
        return text
    }

    init(_ settled: CooperativeState, year: Int) {
        var state = settled
        network = settled.genesis.network
        self.year = year
        epoch = settled.epoch.number
        date = settled.epoch.date
        self.state = state.digest()
    }

    /// Reads one; nil for what `text` would not write.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func words(_ place: Int, _ name: String, _ count: Int) -> [String]? {
            guard lines.indices.contains(place) else { return nil }
            let words = lines[place].split(separator: " ", maxSplits: count, omittingEmptySubsequences: false)
            return words.count == count + 1 && words[0] == name ? words.dropFirst().map(String.init) : nil
        }
        guard lines.first == Self.form, let network = words(1, "network", 1).flatMap({ NetworkID(hexadecimal: $0[0]) }),
              let year = words(2, "year", 1).flatMap({ Int($0[0]) }), let epoch = words(3, "epoch", 2),
              let number = Int(epoch[0]), let date = CivilDate(epoch[1]),
              let state = words(4, "state", 1).flatMap({ Hash(hexadecimal: $0[0]) })
        else { return nil }
        (self.network, self.year, self.epoch, self.date, self.state) = (network, year, number, date, state)
        for place in 5..<max(5, lines.count - 1) {
            guard let file = words(place, "file", 3), let digest = Hash(hexadecimal: file[0]), let count = Int(file[1])
            else { return nil }
            files.append(File(path: file[2], digest: digest, byteCount: count))
        }
        guard self.text == text else { return nil }
    }
}
