// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Replication

/// Looks again at who is known and who is a partner, wherever entries or an epoch came since the last look.
actor PeerWatch {
    private let engine: NodeEngine
    private let peers: PeerBook
    private let routes: PartnerRoutes
    private var seen: Moment?

    private struct Moment: Equatable {
        let sequence: HeadSequence
        let epoch: Int
    }

    init(_ engine: NodeEngine, _ peers: PeerBook, _ routes: PartnerRoutes) {
        self.engine = engine
        self.peers = peers
        self.routes = routes
    }

    /// One look; costs nothing where nothing came.
    func look() async {
        let (moment, known) = await engine.read { [seen] engine in
            let moment = Moment(sequence: engine.heads.history.sequence, epoch: engine.state.epoch.number)
            return (moment, moment == seen ? nil : engine.knownPeers)
        }
        guard let known else { return }
        peers.update(known)
        await routes.refresh()
        seen = moment
    }
}
