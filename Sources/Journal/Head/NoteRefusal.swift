// SPDX-License-Identifier: EUPL-1.2

/// Why a note or checkpoint is refused. Spec: Protocol/log.md §3.
public enum NoteRefusal: String, Error, Equatable, Sendable, CaseIterable {
    /// Not a note: length, lines, characters, base64.
    case noteShape = "note-shape"
    /// A line by a known key that does not verify.
    case noteSignature = "note-signature"
    /// No line by a known key.
    case noteUnsigned = "note-unsigned"
    /// The text is not that of a checkpoint.
    case checkpointShape = "checkpoint-shape"
    /// The checkpoint is that of another log.
    case checkpointOrigin = "checkpoint-origin"
}
