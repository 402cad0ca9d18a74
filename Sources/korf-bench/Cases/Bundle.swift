// SPDX-License-Identifier: EUPL-1.2
import Node
import Storage

/// The bundle of a year of 91 members and 40 applications: written, then verified from nothing but its folder.
enum Bundle {
    private static let writeSecondsLimit = 10.0
    private static let verifySecondsLimit = 5.0

    static func run(_ workspace: Workspace) async throws {
        let year = try await CountedYear(workspace)
        let folder = workspace.path + "/bundle"
        let name = "\(CountedYear.memberCount) members, \(CountedYear.applicationCount) applications"
        var written = Figure("bundle", "written, \(name)")
        var watch = Stopwatch()
        var bundle = YearBundle(year.store.journal, year.suite, year.settled, year: CountedYear.year)
        try bundle.write(to: folder)
        written.wallSeconds = watch.wallSeconds
        written.cpuSeconds = watch.cpuSeconds
        written.residentBytes = Measure.peakBytes()
        written.limit = "10 s"
        written.isMet = written.wallSeconds <= writeSecondsLimit
        written.print()
        var verified = Figure("bundle", "verified, \(name)")
        watch = Stopwatch()
        let check = BundleCheck(folder)
        verified.wallSeconds = watch.wallSeconds
        verified.cpuSeconds = watch.cpuSeconds
        verified.residentBytes = Measure.peakBytes()
        verified.limit = "5 s"
        verified.isMet = verified.wallSeconds <= verifySecondsLimit
        verified.add("statements", check.statementCount)
        verified.add("files", check.counts.files)
        verified.print()
        try demand(check.finding == nil, check.finding?.description ?? "")
        try demand(check.statementCount == CountedYear.memberCount * 12, "a statement is missing")
    }
}
