// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// What a process has used.
enum Measure {
    /// Seconds of a clock that only goes forward.
    static func wallSeconds() -> Double {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }

    /// Processor seconds of this process, user and system, all threads.
    static func cpuSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// Processor seconds of another process, in steps of a hundredth.
    static func cpuSeconds(of process: pid_t) -> Double {
        guard let text = readText("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else { return 0 }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident bytes now.
    static func residentBytes(of process: pid_t = getpid()) -> Int { status("VmRSS:", of: process) }

    /// The most bytes that were resident since the last `forgetPeak`.
    static func peakBytes(of process: pid_t = getpid()) -> Int { status("VmHWM:", of: process) }

    /// Begins a new peak.
    static func forgetPeak() {
        let descriptor = open("/proc/self/clear_refs", O_WRONLY)
        guard descriptor >= 0 else { return }
        _ = write(descriptor, "5", 1)
        close(descriptor)
    }

    private static func status(_ name: String, of process: pid_t) -> Int {
        guard let text = readText("/proc/\(process)/status") else { return 0 }
        for line in text.split(separator: "\n") where line.hasPrefix(name) {
            let digits = line.filter { $0.isNumber }
            return (Int(digits) ?? 0) * 1_024
        }
        return 0
    }

    private static func readText(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}

/// Wall and processor time from its making on.
struct Stopwatch {
    private let wall = Measure.wallSeconds()
    private let cpu = Measure.cpuSeconds()

    var wallSeconds: Double { Measure.wallSeconds() - wall }
    var cpuSeconds: Double { Measure.cpuSeconds() - cpu }
}
