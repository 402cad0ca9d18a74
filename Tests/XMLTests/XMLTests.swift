// SPDX-License-Identifier: EUPL-1.2
import Notation
import Testing
import XML

@Suite("XML: one document as a tree with lines")
struct XMLTests {
    private func refusal(_ text: String) -> XMLError.Reason? {
        do throws(XMLError) {
            _ = try XML.parse(Array(text.utf8))
            return nil
        } catch { return error.reason }
    }

    @Test("names carry their namespace, whatever the prefix; text is joined and trimmed")
    func reads() throws {
        let root = try XML.parse(Array("""
            <?xml version="1.0" encoding="UTF-8"?>
            <a:doc xmlns:a="urn:a" xmlns="urn:b" xmlns:x="urn:x">
              <b k="1 &amp; 2" x:k="3"> één &lt; <![CDATA[twee]]> </b><b/>
            </a:doc>
            """.utf8))
        #expect(root.namespace == "urn:a" && root.name == "doc")
        let found = root.all("b", ["": "urn:b"])
        #expect(found.count == 2 && found[0].line == 3)
        #expect(found[0].text == "één < twee")
        #expect(found[0].attributes == [.init("k", "1 & 2")])
        #expect(root.first("a:b", ["a": "urn:a"]) == nil)
    }

    @Test("what was written reads back as it was, white space and all")
    func roundTrip() throws {
        let text = "a & b < c > d \"e\" 'f' é 𝄞 \t tab \n line"
        let written = XMLElement("x", attributes: [.init("k", text)], [XMLElement("y", text: text)])
        let root = try XML.parse(written.documentBytes)
        #expect(root.attribute("k") == text && root.children[0].text == text)
        let odd = XMLElement("x", text: "\u{1}\u{FFFE}\u{7F}").documentBytes
        #expect(try XML.parse(odd).text == "\u{FFFD}\u{FFFD}\u{FFFD}")
    }

    @Test("a document type is refused, and with it every entity of one's own")
    func documentTypes() {
        for text in [
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
            "<!DOCTYPE a><a/>",
        ] { #expect(refusal(text) == .documentType) }
    }

    @Test("one over each limit is refused, the limit itself is not")
    func limits() {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        func attributes(_ count: Int) -> String { "<a " + (0..<count).map { "k\($0)='' " }.joined() + "/>" }
        #expect(refusal(nested(XMLLimits.depth)) == nil)
        #expect(refusal(nested(XMLLimits.depth + 1)) == .tooDeep)
        #expect(refusal(attributes(XMLLimits.attributes)) == nil)
        #expect(refusal(attributes(XMLLimits.attributes + 1)) == .tooManyAttributes)
        let most = String(repeating: "<b/>", count: XMLLimits.elements - 1)
        #expect(refusal("<a>\(most)</a>") == nil)
        #expect(refusal("<a>\(most)<b/></a>") == .tooManyElements)
        #expect(refusal(String(repeating: " ", count: XMLLimits.bytes + 1)) == .tooLarge)
    }

    @Test("what is no XML is refused with a place", arguments: [
        "", " ", "<a>", "<a></b>", "<a/><b/>", "<a k=1/>", "<a>&b;</a>", "<a>\u{1}</a>", "<x:a/>", "{}",
        "<a k='' k=''/>",
    ])
    func malformed(_ text: String) {
        guard case .malformed = refusal(text) else {
            Issue.record("\(text): \(String(describing: refusal(text)))")
            return
        }
    }

    @Test("bytes that are no UTF-8 are refused")
    func encoding() {
        #expect(throws: XMLError.self) { try XML.parse(Array("<a>".utf8) + [0xC3, 0x28] + Array("</a>".utf8)) }
    }
}
