// SPDX-License-Identifier: EUPL-1.2

/// libyaml's complaints that people meet most, in words that say what to do.
enum YAMLProblem {
    static func sentence(for complaint: String) -> String {
        switch complaint {
        case "mapping values are not allowed in this context":
            "found a colon where no field can start; quote the text or mend the indentation"
        case "could not find expected ':'":
            "this line is neither a field nor an element of a list; a colon is missing"
        case "did not find expected key":
            "expected a field here; the indentation differs from the fields above"
        case "did not find expected '-' indicator":
            "expected an element of the list here, starting with a dash"
        case "found character that cannot start any token":
            "this character cannot start a value; quote the text"
        case "found unexpected end of stream":
            "the text ends inside a quoted value"
        case "did not find expected <document start>":
            "text follows the end of the document"
        case "block sequence entries are not allowed in this context":
            "an element of a list cannot start here; put it on a line of its own"
        case "found undefined tag handle":
            "a tag is used that is not defined"
        default:
            complaint
        }
    }
}
