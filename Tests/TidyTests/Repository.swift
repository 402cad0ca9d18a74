// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// The files that the tidy test reads, once.
struct Repository: Sendable {
    /// Everything that people wrote, whatever its ending; built things and what is no text are left out.
    let files: [SourceFile]

    /// Swift under Sources and Tests, sorted by path.
    let swift: [SourceFile]

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let shared = Result { try Repository.read() }

    private static let left: Set<String> = [".git", ".build", "__pycache__", "demo-run", "Package.resolved"]

    /// Files and folders whose name does not begin with these, sorted by path.
    private static func read() throws -> Repository {
        guard let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])
        else { throw CocoaError(.fileReadNoSuchFile) }
        var files: [SourceFile] = []
        for case let url as URL in walk {
            let name = url.lastPathComponent
            if left.contains(name) || name.hasPrefix(".build") {
                walk.skipDescendants()
                continue
            }
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true,
                  let text = String(data: try Data(contentsOf: url), encoding: .utf8) else { continue }
            files.append(SourceFile(path: String(url.path.dropFirst(root.path.count + 1)), text: text))
        }
        files.sort { $0.path < $1.path }
        return Repository(files: files, swift: files.filter {
            $0.path.hasSuffix(".swift") && ($0.path.hasPrefix("Sources/") || $0.path.hasPrefix("Tests/"))
        })
    }

    /// The one file at `path`.
    func file(_ path: String) -> SourceFile? { files.first { $0.path == path } }
}
