// SPDX-License-Identifier: EUPL-1.2

extension JSON {
    /// Reads one JSON text. Refused with a place: anything that RFC 8259 does not allow, a name that occurs
    /// twice in one object, half surrogates, bytes that are not UTF-8, and what passes the named limits.
    public init(
        parsing bytes: UnsafeBufferPointer<UInt8>, bytesLimit: Int = NotationLimits.jsonBytes
    ) throws(JSONError) {
        self = try JSONTape.read(bytes, bytesLimit: bytesLimit) { $0.json() }
    }

    /// The same over an array.
    public init(parsing bytes: [UInt8], bytesLimit: Int = NotationLimits.jsonBytes) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            try JSON(parsing: buffer, bytesLimit: bytesLimit)
        }
    }

    /// The same over a string.
    public init(parsing text: String, bytesLimit: Int = NotationLimits.jsonBytes) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), bytesLimit: bytesLimit)
    }
}
