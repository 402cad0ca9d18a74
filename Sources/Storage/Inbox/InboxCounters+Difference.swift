// SPDX-License-Identifier: EUPL-1.2

extension InboxCounters {
    /// The sum of both.
    public func adding(_ other: InboxCounters) -> InboxCounters {
        var sum = self
        sum.add(other)
        return sum
    }

    /// The smaller of each number.
    public func lesser(_ other: InboxCounters) -> InboxCounters {
        InboxCounters(
            eventsCounted: min(eventsCounted, other.eventsCounted),
            eventsRetracted: min(eventsRetracted, other.eventsRetracted),
            quantityCounted: min(quantityCounted, other.quantityCounted),
            quantityRetracted: min(quantityRetracted, other.quantityRetracted),
            position: min(position, other.position))
    }
}

extension CellCounters {
    /// The same cell without what others say or hold back of it. Nothing is left retracted that is not left counted:
    /// what was counted elsewhere and is taken back here waits until as much is counted here.
    public func less(_ taken: InboxCounters) -> CellCounters {
        let events = current.eventsCounted.less(taken.eventsCounted)
        let quantity = current.quantityCounted.less(taken.quantityCounted)
        return CellCounters(
            cell: cell,
            current: InboxCounters(
                eventsCounted: events,
                eventsRetracted: min(events, current.eventsRetracted.less(taken.eventsRetracted)),
                quantityCounted: quantity,
                quantityRetracted: min(quantity, current.quantityRetracted.less(taken.quantityRetracted)),
                position: current.position),
            flushed: flushed)
    }
}

extension UInt64 {
    fileprivate func less(_ other: UInt64) -> UInt64 { self > other ? self - other : 0 }
}
