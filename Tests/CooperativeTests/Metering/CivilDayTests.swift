// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Testing

@Suite("Civil day of an instant, Protocol/time.md §3")
struct CivilDayTests {
    @Test("every vector has its day in Europe/Amsterdam or is refused")
    func vectors() throws {
        for vector in try MeteringVectors.load("civil-day.json") {
            let milliseconds = try #require(vector["milliseconds"]?.wholeNumber)
            do throws(InstantRefusal) {
                let day = try CivilDate(amsterdamAt: milliseconds)
                #expect("\(day)" == vector["day"]?.text, "\(vector.rendered())")
            } catch {
                let name = switch error { case .tooOld: "too-old"; case .tooLate: "too-late" }
                #expect(name == vector["refused"]?.text, "\(vector.rendered())")
            }
        }
    }

    @Test("the extremes of 64 bits are refused, not trapped")
    func extremes() {
        #expect(throws: InstantRefusal.tooOld) { try CivilDate(amsterdamAt: .min) }
        #expect(throws: InstantRefusal.tooLate) { try CivilDate(amsterdamAt: .max) }
    }
}
