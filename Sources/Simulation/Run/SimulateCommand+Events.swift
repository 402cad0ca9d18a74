// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Glibc

extension SimulateCommand {
    /// Replays what a daemon recorded: every event through the same core, every effect compared.
    static func replayEvents(_ path: String, _ write: (String) -> Void) -> Int32 {
        guard let text = contents(of: path) else {
            write("\(path) cannot be read: \(String(cString: strerror(errno)))")
            return 1
        }
        // A line that a crash left unfinished has no end and is no record yet.
        let whole = text.lastIndex(of: "\n").map { text[..<$0] } ?? ""
        var replay = EventReplay(OpenSSLSuite())
        do throws(ReplayDifference) {
            let count = try replay.run(whole.split(separator: "\n", omittingEmptySubsequences: false))
            write("{\"heights\":\(count.heights),\"events\":\(count.events),\"effects\":\(count.effects),"
                + "\"differences\":0}")
            return 0
        } catch {
            write("\(path): \(error)")
            return 1
        }
    }

    private static func contents(of path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return ferror(file) == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= SimulationLimits.recordedBytes else {
                errno = EFBIG
                return nil
            }
        }
    }
}
