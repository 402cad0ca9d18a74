// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Storage

/// The text of a proposal with its fresh salt; it travels beside the log. Spec: Protocol/log.md §1.
struct SaltedDecisionText: Sendable {
    let held: HeldText

    /// `nil` without a text.
    init?(_ text: String?, _ api: LocalAPI, _ language: APILanguage) throws(APIProblem) {
        guard let text, !text.isEmpty else { return nil }
        let random: [UInt8]
        do throws(KeyError) { random = try Randomness.bytes(32) } catch { throw .unavailable("\(error)") }
        guard let salt = Salt(random),
              let commitment = TextCommitment(salt: salt, text: text, hashing: api.engine.suite)
        else {
            throw .refused(
                400, language, nl: "De toelichting is te lang; er is niets ingediend.",
                en: "The text is too long; nothing was proposed.",
                [.init(path: "tekst", message: BothLanguages(
                    nl: "heeft hoogstens 1 MiB", en: "has at most 1 MiB")[language])])
        }
        held = HeldText(commitment: commitment, salt: salt, text: Array(text.utf8))
    }

    /// Makes it durable before the entry that commits to it.
    func keep(_ api: LocalAPI) async throws(APIProblem) {
        do throws(StorageFailure) { _ = try await api.store.journal.commit(CommitBatch(texts: [held])) } catch {
            throw APIProblem(error)
        }
    }

    /// Takes it back where the entry was not written.
    func forget(_ api: LocalAPI) async throws(APIProblem) {
        do throws(StorageFailure) { try await api.store.journal.destroyTexts([held.commitment]) } catch {
            throw APIProblem(error)
        }
    }
}
