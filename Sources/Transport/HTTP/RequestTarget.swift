// SPDX-License-Identifier: EUPL-1.2

/// The origin form of RFC 9112 §3.2.1 with the characters of RFC 3986. Spec: Protocol/transport.md §4.
enum RequestTarget {
    static func check(_ target: ArraySlice<UInt8>) throws(RequestRefusal) {
        guard target.first == UInt8(ascii: "/") else { throw .targetNotOriginForm }
        guard target.allSatisfy({ $0 == UInt8(ascii: "%") || isAllowed($0) }) else { throw .targetCharacter }
        try checkEscapes(target)
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        for segment in path.split(separator: UInt8(ascii: "/")) where isDotSegment(segment) {
            throw .targetDotSegment
        }
    }

    /// Unreserved characters, sub-delimiters, `:`, `@`, `/` and `?`; so no fragment and no quote.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
             UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
             UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"),
             UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
             UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: ":"),
             UInt8(ascii: "@"), UInt8(ascii: "/"), UInt8(ascii: "?"): true
        default: false
        }
    }

    private static func checkEscapes(_ target: ArraySlice<UInt8>) throws(RequestRefusal) {
        var index = target.startIndex
        while let percent = target[index...].firstIndex(of: UInt8(ascii: "%")) {
            guard percent + 2 < target.endIndex, let high = digit(target[percent + 1]),
                  let low = digit(target[percent + 2])
            else { throw .targetEscape }
            let byte = high << 4 | low
            guard byte >= 0x20, byte != 0x7F else { throw .targetEscape }
            index = percent + 3
        }
    }

    /// `.` or `..`, in whatever way the dots are escaped.
    private static func isDotSegment(_ segment: ArraySlice<UInt8>) -> Bool {
        let plain = String(decoding: segment, as: UTF8.self).lowercased().split(separator: "%2e",
            omittingEmptySubsequences: false).joined(separator: ".")
        return plain == "." || plain == ".."
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
