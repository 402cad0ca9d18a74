// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Work that comes back: the flush of usage at its civil time, the saved state, the daily heartbeat, the watchdog.
actor Timetable {
    private var tasks: [Task<Void, Never>] = []

    /// Repeats work with a pause between.
    func every(_ seconds: Int, _ work: @escaping @Sendable () async -> Void) {
        tasks.append(Task {
            while !Task.isCancelled {
                do { try await Task.sleep(for: .seconds(seconds)) } catch { return }
                await work()
            }
        })
    }

    /// Does work once a civil day, at or after a minute of it; a machine that slept does it when it wakes.
    func daily(minute: Int, clock: any WallClock, _ work: @escaping @Sendable () async -> Void) {
        tasks.append(Task {
            var last = Self.dayOfWork(minute, clock)
            while !Task.isCancelled {
                do { try await Task.sleep(for: .seconds(30)) } catch { return }
                let day = Self.dayOfWork(minute, clock)
                guard day != last else { continue }
                last = day
                await work()
            }
        })
    }

    /// The civil day whose work is due or done: today once the minute has come, else yesterday.
    private static func dayOfWork(_ minute: Int, _ clock: any WallClock) -> CivilDate {
        let shifted = clock.milliseconds() - Int64(minute) * 60_000
        guard let day = try? CivilDate(amsterdamAt: shifted) else {
            preconditionFailure("the machine's clock stands outside the years 2000 to 2199")
        }
        return day
    }

    /// Ends everything and waits for it.
    func stop() async {
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        tasks = []
    }
}
