// SPDX-License-Identifier: EUPL-1.2

/// A statement for people as one HTML file: everything escaped, nothing loaded, readable on paper and by a reader.
struct SheetHTML {
    let blocks: [SheetBlock]
    let language: String
    let title: String

    private static let style = """
        @page { size: A4; margin: 18mm 16mm }
        body { font: 11pt/1.4 sans-serif; color: #000; background: #fff }
        main { max-width: 180mm; margin: 0 auto; padding: 4mm }
        h1 { font-size: 16pt } h2 { font-size: 12pt; break-after: avoid }
        table { border-collapse: collapse; width: 100%; margin: 4mm 0 }
        th, td { border-bottom: 1px solid #767676; padding: 1mm 2mm; text-align: left; vertical-align: top }
        .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
        tr { break-inside: avoid } thead { display: table-header-group }
        .w { border-left: 1.5mm solid #000; padding-left: 3mm; font-weight: bold }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 6mm; break-inside: avoid }
        dt { font-weight: bold } dd { margin: 0; overflow-wrap: anywhere }
        """

    var text: String {
        var html = """
            <!DOCTYPE html>
            <html lang="\(language)">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(Self.escaped(title))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <main>

            """
        for block in blocks { html += Self.html(block) + "\n" }
        return html + "</main>\n</body>\n</html>\n"
    }

    private static func html(_ block: SheetBlock) -> String {
        switch block {
        case .title(let text): "<h1>\(escaped(text))</h1>"
        case .heading(let text): "<h2>\(escaped(text))</h2>"
        case .paragraph(let text): "<p>\(escaped(text))</p>"
        case .warning(let text): "<p class=\"w\">\(escaped(text))</p>"
        case .table(let columns, let rows): table(columns, rows)
        case .facts(let facts):
            "<dl>\n" + facts.map { "<dt>\(escaped($0.label))</dt><dd>\(escaped($0.value))</dd>\n" }.joined() + "</dl>"
        }
    }

    private static func table(_ columns: [SheetBlock.Column], _ rows: [[String]]) -> String {
        let titles = columns.map { "<th scope=\"col\"\(mark($0))>\(escaped($0.title))</th>" }.joined()
        let body = rows.map { row in
            "<tr>" + zip(row, columns).map { "<td\(mark($1))>\(escaped($0))</td>" }.joined() + "</tr>\n"
        }.joined()
        return "<table>\n<thead><tr>\(titles)</tr></thead>\n<tbody>\n\(body)</tbody>\n</table>"
    }

    private static func mark(_ column: SheetBlock.Column) -> String { column.isNumber ? " class=\"n\"" : "" }

    private static func escaped(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            default:
                let isControl = scalar.properties.generalCategory == .control
                output.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
            }
        }
        return output
    }
}
