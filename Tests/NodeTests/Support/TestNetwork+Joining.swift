// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
@testable import Node
import Testing
import YAML

extension TestNetwork {
    /// The JOIN file of the network, by which one reaches these founders.
    func joinFile(_ reached: [Founder]) throws -> JoinFile {
        let genesis = try NetworkFounding.genesis(genesisPath)
        let addresses = try reached.map { founder in
            let card = try #require(genesis.founder(founder.oin))
            return try #require(JoinFile.Address(oin: card.oin, endpoints: card.endpoints, pins: card.pins))
        }
        return try #require(JoinFile(genesis: genesis, addresses: addresses))
    }

    /// Writes the JOIN file and answers its path.
    func writeJoinFile(_ reached: [Founder], name: String = "network") throws -> String {
        let path = "\(base)/\(name).korf-join"
        try PlainFile.replace(path, Array(try joinFile(reached).text.utf8))
        return path
    }
}

extension TestNetwork.Founder {
    var configuration: Configuration {
        get throws {
            try Configuration(YAML.parse(PlainFile.read(folder + "/korf.yaml")), folder: folder)
        }
    }

    /// `korf network join`.
    @discardableResult
    func join(_ path: String) throws -> NetworkJoining {
        let joining = try NetworkJoining(file: path, configuration: try configuration)
        try joining.perform()
        return joining
    }
}
