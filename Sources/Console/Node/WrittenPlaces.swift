// SPDX-License-Identifier: EUPL-1.2
import Notation

/// Where the members of a request were written, so that what the node refuses is said in the words of the person who
/// wrote them: an option, a file, a field of a file with its line.
struct WrittenPlaces {
    struct Place {
        /// The name that was written.
        let shown: String
        /// The line in a file, 0 for none.
        var line = 0
        /// The file whose text is the value.
        var file: String?
    }

    private var places: [String: Place] = [:]

    init() {}

    /// Options, or files, by the member that they give.
    init(_ options: [String: String]) { places = options.mapValues { Place(shown: $0) } }

    subscript(member: String) -> Place? {
        get { places[member] }
        set { places[member] = newValue }
    }

    /// The refusal, each violation a line that `sentence` makes of its message and the place, or of the nearest one
    /// around it with what is left of the path.
    func sentences(
        _ failure: ConsoleFailure, _ sentence: (_ message: String, _ place: Place?, _ rest: String) -> String
    ) -> String {
        guard let document = failure.document.flatMap({ try? JSON(parsing: $0) }),
              let violations = document["violations"]?.elements, !violations.isEmpty
        else { return failure.message }
        let lines = violations.map { violation -> String in
            let (place, rest) = nearest(violation.words("path"))
            return "  " + sentence(violation.words("message"), place, rest)
        }
        return ([document.words("detail")] + lines).joined(separator: "\n")
    }

    /// The same refusal in these words: `--deadline: is in the past`.
    func told(_ failure: ConsoleFailure) -> ConsoleFailure {
        let message = sentences(failure) { message, place, rest in
            let name = (place?.shown ?? "") + rest
            return name.isEmpty ? message : "\(name): \(message)"
        }
        return ConsoleFailure(failure.code, message, document: failure.document)
    }

    private func nearest(_ path: String) -> (place: Place?, rest: String) {
        var known = path[...]
        while !known.isEmpty {
            if let place = places[String(known)] { return (place, String(path[known.endIndex...])) }
            known = known[..<(known.lastIndex { $0 == "." || $0 == "[" } ?? known.startIndex)]
        }
        return (nil, path)
    }
}
