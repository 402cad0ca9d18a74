// SPDX-License-Identifier: EUPL-1.2
import Journal

extension GenesisCheck {
    mutating func applications(_ path: GenesisPath) -> [Genesis.Application] {
        var applications: [Genesis.Application] = []
        for (index, application) in draft.applications.enumerated() {
            if let checked = self.application(application, path.item(index)) { applications.append(checked) }
        }
        return sorted(applications, path, by: { $0.id < $1.id }, name: { "Application \($0.id)" })
    }

    mutating func application(
        _ application: GenesisDraft.Application, _ path: GenesisPath
    ) -> Genesis.Application? {
        let id = slug(application.id, path.key(1, "id"))
        let name = name(application.name, path.key(2, "name"))
        let lead = member(application.lead, path.key(3, "lead"))
        let participants = participants(application, path.key(4, "participants"))
        let classes = classes(application, path.key(6, "classes"))
        let modes = modes(application, path.key(7, "modes"))
        let customers = customers(application, path.key(8, "customers"))
        let providers = providers(application, path.key(9, "providers"))
        guard let id, let lead else { return nil }
        return Genesis.Application(
            id: id, name: name, lead: lead, participants: participants, isSensitive: application.isSensitive,
            classes: classes, modes: modes, customers: customers, providers: providers)
    }

    private mutating func participants(
        _ application: GenesisDraft.Application, _ path: GenesisPath
    ) -> [Genesis.Application.Participant] {
        var participants: [Genesis.Application.Participant] = []
        for (index, entry) in application.participants.enumerated() {
            let member = member(entry.member, path.item(index).key(0, "member"))
            let since = date(entry.since, path.item(index).key(1, "since"))
            let until = entry.until.flatMap { date($0, path.item(index).key(2, "until")) }
            guard let member, let since else { continue }
            participants.append(.init(member: member, since: since, until: until))
        }
        return sorted(
            participants, path, by: { $0.member < $1.member }, name: { "Participant \($0.member)" })
    }

    private mutating func classes(
        _ application: GenesisDraft.Application, _ path: GenesisPath
    ) -> [TariffClass] {
        var classes: [TariffClass] = []
        for (index, text) in application.classes.enumerated() {
            if let value = tariffClass(text, path.item(index)) { classes.append(value) }
        }
        if application.classes.isEmpty { note(.field, path, "An application has at least one class.") }
        return sorted(classes, path, by: { $0 < $1 }, name: { "Class \($0)" })
    }

    private mutating func modes(
        _ application: GenesisDraft.Application, _ path: GenesisPath
    ) -> [Genesis.Application.ConsumerMode] {
        var modes: [Genesis.Application.ConsumerMode] = []
        for (index, entry) in application.modes.enumerated() {
            let consumer = member(entry.consumer, path.item(index).key(0, "consumer"))
            let mode = Genesis.Application.Mode(rawValue: entry.mode)
            if mode == nil { note(.field, path.item(index).key(1, "mode"), "1 monthly total or 2 confirmed.") }
            guard let consumer, let mode else { continue }
            modes.append(.init(consumer: consumer, mode: mode))
        }
        return sorted(modes, path, by: { $0.consumer < $1.consumer }, name: { "The mode of \($0.consumer)" })
    }

    private mutating func customers(
        _ application: GenesisDraft.Application, _ path: GenesisPath
    ) -> [Genesis.Application.Customer] {
        var customers: [Genesis.Application.Customer] = []
        for (index, entry) in application.customers.enumerated() {
            if !(1...CooperativeLimits.customerBytes).contains(entry.id.utf8.count) {
                note(.field, path.item(index).key(0, "id"), "The id of a customer has 1 to 64 bytes.")
            }
            let name = name(entry.name, path.item(index).key(1, "name"))
            customers.append(.init(id: entry.id, name: name))
        }
        return sorted(customers, path, by: { $0.id.utf8Precedes($1.id) }, name: { "Customer \($0.id)" })
    }

    private mutating func providers(
        _ application: GenesisDraft.Application, _ path: GenesisPath
    ) -> [OIN] {
        var providers: [OIN] = []
        for (index, text) in application.providers.enumerated() {
            if let value = member(text, path.item(index)) { providers.append(value) }
        }
        if application.providers.isEmpty { note(.field, path, "An application has at least one provider.") }
        return sorted(providers, path, by: { $0 < $1 }, name: { "Provider \($0)" })
    }

    /// The slug of an application that is known, or a refusal.
    mutating func known(_ text: String, _ applications: [Genesis.Application], _ path: GenesisPath) -> Slug? {
        guard let id = slug(text, path) else { return nil }
        guard members != nil, !applications.contains(where: { $0.id == id }) else { return id }
        // An application that is itself refused is not reported a second time.
        if !draft.applications.contains(where: { $0.id == text }) {
            note(.unknownApplication, path, "There is no application \"\(text)\".")
        }
        return nil
    }
}
