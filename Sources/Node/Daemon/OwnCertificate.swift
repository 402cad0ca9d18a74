// SPDX-License-Identifier: EUPL-1.2
import Synchronization
public import Transport

/// The certificate that this node shows to others now: a reload puts another in its place.
public final class OwnCertificate: Sendable {
    private let summary: Mutex<CertificateSummary>

    init(_ summary: CertificateSummary) { self.summary = Mutex(summary) }

    /// What the certificate says of itself.
    public var current: CertificateSummary { summary.withLock { $0 } }

    func replace(by newest: CertificateSummary) { summary.withLock { $0 = newest } }
}
