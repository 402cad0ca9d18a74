// SPDX-License-Identifier: EUPL-1.2
public import Journal
public import Notation

extension SettlementInput {
    /// The case of `korf settle calculate` that asks for a party's statement: whoever holds it computes the same bytes
    /// without a node. Spec: Protocol/settlement-calculate.md §8.
    public func asCase(statementOf party: PartyID, in month: CivilMonth) -> JSON {
        [
            "kind": "statement", "party": .string(party.text), "month": .string(month.description),
            "members": .array(members.map(\.asCase)), "applications": .array(applications.map(\.asCase)),
            "tariffs": .array(tariffs.tariffs.map(\.asCase)),
            "vat": .array(vat.entries.map { entry in
                [
                    "kind": .string(entry.kind.rawValue), "leg": .string(entry.leg.rawValue),
                    "origin": .optional(entry.origin?.text), "category": .string(entry.treatment.category.rawValue),
                    "rate": .integer(entry.treatment.rate.value), "reason": .optional(entry.treatment.exemptionReason),
                ]
            }),
            "contributions": .array(contributions.map { rate in
                [
                    "decision": .string(rate.decision.text), "first_year": .integer(Int64(rate.firstYear)),
                    "rate": .integer(rate.rate.value),
                ]
            }),
            "inhabitants": .array(inhabitants.map { figure in
                [
                    "party": .string(figure.party.text), "municipality": .string(figure.municipality),
                    "year": .integer(Int64(figure.year)), "count": .integer(figure.count.value),
                    "known_from": .optional(figure.knownFrom?.description),
                ]
            }),
            "cost_sharings": .array(costSharings.map(\.asCase)), "charges": .array(charges.map(\.asCase)),
            "cells": .array(cells.map(\.asCase)), "terms": terms.asCase,
        ]
    }
}

extension BilledMember {
    fileprivate var asCase: JSON {
        ["id": .string(id.text), "joined": .string(joined.description), "left": .optional(left?.description)]
    }
}

extension BilledApplication {
    fileprivate var asCase: JSON {
        [
            "id": .string(id.text), "lead": .string(lead.text),
            "customers": .array(customers.map { .string($0.text) }),
            "providers": .array(providers.map { .string($0.text) }),
            "modes": .array(modes.sorted { $0.key < $1.key }.map { party, mode in
                [.string(party.text), .string(mode.rawValue)]
            }),
            "participants": .array(participants.map { participant in
                [
                    "party": .string(participant.party.text), "joined": .string(participant.joined.description),
                    "left": .optional(participant.left?.description),
                ]
            }),
        ]
    }
}

extension PriceList {
    fileprivate var asCase: JSON {
        .array(tiers.map { [.optional($0.upTo?.value), .integer($0.price.value)] })
    }
}

extension Tariff {
    fileprivate var asCase: JSON {
        [
            "decision": .string(decision.text), "application": .string(application.text),
            "class": .string(tariffClass.text), "from": .string(firstMonth.description),
            "through": .optional(lastMonth?.description), "tiers": prices.asCase,
            "funder": .optional(funding?.funder.text), "funding_tiers": funding.map(\.prices.asCase) ?? .null,
        ]
    }
}

extension CostSharing {
    fileprivate var asCase: JSON {
        [
            "decision": .string(decision.text), "application": .string(application.text),
            "cost": .integer(cost.value), "first_month": .string(firstMonth.description),
            "participants": .array(participants.map { participant in
                [
                    "party": .string(participant.party.text), "joined": .string(participant.joined.description),
                    "weight": .integer(participant.weight),
                ]
            }),
            "opening": .pairs(opening), "changes": .array(changes.map(\.asCase)),
            "missing": .array(missing.map { gap in
                [.string(gap.month.description), .string(gap.party.text), .integer(Int64(gap.year))]
            }),
        ]
    }
}

extension DatedCostSharingChange {
    fileprivate var asCase: JSON {
        let month = JSON.string(month.description)
        switch change {
        case .succession(let former, let successor):
            return ["month": month, "succeed": [.string(former.text), .string(successor.text)]]
        case .split(let place, let parts):
            return ["month": month, "split": [.string(place.text), .weights(parts)]]
        case .terms(let terms):
            return [
                "month": month, "cost": .optional(terms.cost?.value),
                "weights": terms.weights.map(JSON.weights) ?? .null,
                "index": [.integer(terms.indexation.now), .integer(terms.indexation.original)],
                "depreciation": [
                    .integer(terms.depreciation.elapsedMonths), .integer(terms.depreciation.lifeMonths),
                ],
            ]
        }
    }
}

extension DecidedCharge {
    fileprivate var asCase: JSON {
        [
            "decision": .string(decision.text), "kind": .string(kind.rawValue), "leg": .string(leg.rawValue),
            "month": .string(month.description), "settled_in": .optional(settledIn?.description),
            "total": .integer(total.value), "key": .weights(key), "application": .optional(application?.text),
            "text": .optional(text),
        ]
    }
}

extension Cell {
    fileprivate var asCase: JSON {
        [
            "application": .string(key.application.text), "provider": .string(key.provider.text),
            "consumer": .string(key.consumer.text), "class": .string(key.tariffClass.text),
            "month": .string(key.month.description), "provider_count": .optional(counts.provider),
            "consumer_count": .optional(counts.consumer), "signed": .boolean(counts.isSigned),
            "same_content": counts.sameContent.map(JSON.boolean) ?? .null,
        ]
    }
}

extension SettlementTerms {
    fileprivate var asCase: JSON {
        [
            "tolerated_amount": .integer(toleratedAmount.value), "tolerated_part": .integer(toleratedPart.value),
            "quantity_part_limit": .integer(quantityPartLimit.value),
            "quantity_part_limit_from": .integer(quantityPartLimitFrom.value),
            "tolerated_year_amount": .integer(toleratedYearAmount.value),
        ]
    }
}

extension JSON {
    /// `[[id, weight]]`.
    fileprivate static func weights(_ weights: [Weight]) -> JSON {
        .array(weights.map { [.string($0.party.text), .integer($0.value)] })
    }
}
