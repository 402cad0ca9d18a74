// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Notation

/// Vectors of the protocol, found from this file's place in the repository.
enum MeteringVectors {
    static func load(_ name: String) throws -> [JSON] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try Data(contentsOf: root.appending(path: "Protocol/vectors/\(name)"))
        return try JSON(parsing: Array(bytes))["vectors"]?.elements ?? []
    }
}
