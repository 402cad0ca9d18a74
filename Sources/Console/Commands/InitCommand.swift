// SPDX-License-Identifier: EUPL-1.2
import Journal
import Node
import Notation
import Settlement

/// `korf init`.
enum InitCommand {
    private static let kinds: [(word: String, kind: MemberKind)] = [
        ("gemeente", .municipality), ("provincie", .province), ("waterschap", .waterBoard),
        ("gemeenschappelijke-regeling", .jointArrangement), ("overig", .other),
    ]

    static let command = Command(
        "init", "Makes the keys, card, certificate request and configuration of a new node.",
        options: [
            Option("oin", .oin, isRequired: true, "The member's OIN, twenty digits."),
            Option("name", .text, isRequired: true, "The member's name."),
            Option("kind", .choice(kinds.map(\.word)), "What kind of member; gemeente where not given."),
            Option("endpoint", .address, isRepeated: true, "Where other members reach this node; at most three."),
            Option("municipality", .assignment, isRepeated: true, "A municipality that it covers: GM0632=Woerden."),
            Option("listen", .text, "Address that the daemon listens on; 0.0.0.0:8443 where not given."),
            Option("recovery-file", .path, "Writes the recovery key there, for paper, instead of showing it once."),
            Option("street", .text, isRepeated: true, "A line of the address, for invoices."),
            Option("postal", .text, "Postal code, for invoices."),
            Option("city", .text, "City, for invoices."),
            Option("kvk", .text, "Number in the trade register, for invoices."),
            Option("vat", .text, "VAT identification, for invoices."),
            Option("iban", .text, "Account, for invoices."),
        ],
        example: "korf init --directory /etc/korf --oin 00000099000000632000 --name Woerden "
            + "--endpoint korf.woerden.example:8443 --municipality GM0632=Woerden",
        run: run)

    @Sendable
    private static func run(_ arguments: Arguments, _ session: Session) async throws(ConsoleFailure) -> ExitCode {
        let founding = try founding(arguments, session)
        let recovery = arguments["recovery-file"]
        if let recovery, PlainFile.exists(recovery) {
            throw ConsoleFailure(.finding, "\(recovery): exists already; a recovery key never replaces another.")
        }
        let made: NodeFounding.Made
        do throws(FoundingFailure) { made = try founding.make() } catch {
            throw ConsoleFailure(.finding, error.description)
        }
        if let recovery {
            do throws(FileFailure) {
                try PlainFile.create(recovery, Array(made.recoveryText.utf8), mode: 0o600)
            } catch {
                // The key exists nowhere else: better on the screen than lost.
                session.terminal.complain("\(error)\n\(made.recoveryText)")
                return .finding
            }
        }
        show(made, recovery, founding, session)
        return .fine
    }

    private static func founding(
        _ arguments: Arguments, _ session: Session
    ) throws(ConsoleFailure) -> NodeFounding {
        guard let oin = OIN(arguments.required("oin")) else { preconditionFailure("the parser checks OINs") }
        let kind = kinds.first { $0.word == arguments["kind"] }?.kind ?? .municipality
        var founding = NodeFounding(
            directory: session.location.directory, oin: oin, name: arguments.required("name"), kind: kind)
        founding.endpoints = arguments.all("endpoint").compactMap { Endpoint($0) }
        for text in arguments.all("municipality") {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let municipality = Municipality(code: String(parts[0]), name: String(parts[1]))
            else {
                throw ConsoleFailure(
                    .usage,
                    "--municipality has to be a code of CBS and a name, such as GM0632=Woerden, not \"\(text)\".")
            }
            founding.municipalities.append(municipality)
        }
        if let listen = arguments["listen"] {
            guard ListenAddress(listen) != nil else {
                throw ConsoleFailure(
                    .usage, "--listen has to be an address and a port, such as 0.0.0.0:8443, not \"\(listen)\".")
            }
            founding.listen = listen
        }
        founding.invoiceFacts = try invoiceFacts(arguments)
        return founding
    }

    private static func invoiceFacts(_ arguments: Arguments) throws(ConsoleFailure) -> InvoiceFacts? {
        guard ["street", "postal", "city", "kvk", "vat", "iban"].contains(where: arguments.has) else { return nil }
        if let iban = arguments["iban"], IBAN(iban) == nil {
            throw ConsoleFailure(
                .usage, "--iban has to be an IBAN whose check digits fit, such as NL91 ABNA 0417 1643 00, "
                    + "not \"\(iban)\".")
        }
        guard let facts = InvoiceFacts(
            addressLines: arguments.all("street"), postalCode: arguments["postal"], city: arguments["city"],
            kvk: arguments["kvk"], vatID: arguments["vat"], iban: arguments["iban"].flatMap { IBAN($0)?.text })
        else {
            throw ConsoleFailure(
                .usage,
                "The facts for invoices do not fit a card: at most four lines of address, eight digits of KvK.")
        }
        return facts
    }

    private static func show(
        _ made: NodeFounding.Made, _ recovery: String?, _ founding: NodeFounding, _ session: Session
    ) {
        if session.wantsJSON {
            let answer: JSON = [
                "kaart": .string(made.cardPath), "certificaatverzoek": .string(made.requestPath),
                "certificaat": .string(made.certificatePath), "configuratie": .string(made.configurationPath),
                "herstelsleutel": recovery.map { .string($0) } ?? .null,
            ]
            session.terminal.write(answer.rendered(.pretty) + "\n")
            if recovery == nil { session.terminal.complain(made.recoveryText) }
            return
        }
        let texts = session.texts
        var lines = [
            texts(.initMade, founding.name, founding.oin.digits, founding.directory), "",
            texts(.initCard, made.cardPath), texts(.initRequest, made.requestPath),
            texts(.initCertificate, made.certificatePath),
            texts(.initNextKey, founding.directory + "/keys/next.key"), "",
        ]
        if let recovery {
            lines.append(texts(.initRecoveryWritten, recovery))
        } else {
            lines += [texts(.initRecoveryOnce), made.recoveryText]
        }
        session.terminal.write(lines.joined(separator: "\n") + "\n")
    }
}
