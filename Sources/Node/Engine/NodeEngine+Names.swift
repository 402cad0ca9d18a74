// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

extension NodeEngine {
    /// What people call a member or candidate; its OIN where the state knows none.
    func name(of oin: OIN) -> String { state.member(oin)?.card.name ?? genesis.founder(oin)?.name ?? oin.digits }
}
