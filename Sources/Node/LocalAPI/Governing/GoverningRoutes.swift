// SPDX-License-Identifier: EUPL-1.2
import Transport

extension Routes {
    private static let decision = Route.Parameter(
        name: "id", description: "Naam van het besluit, of een begin dat alleen dit heeft", example: "2563bbff-12")

    /// Decisions, votes and the worklist. Spec: Protocol/local-api.md §9.
    static let governing = [
        Route(.get, "/v1/besluiten", "Besluiten die openstaan, of alle",
              query: [.init(name: "alle", description: "true: ook gesloten besluiten", example: "true")],
              answer: "Besluiten", handler: DecisionAnswers.list),
        Route(.post, "/v1/besluiten", "Dient een besluit in", consumes: [MediaType.json], answer: "Besluit",
              handler: DecisionProposing.propose),
        Route(.get, "/v1/besluiten/{id}", "Een besluit met regel, stemmen en uitslag", parameters: [decision],
              answer: "Besluit", handler: DecisionAnswers.show),
        Route(.post, "/v1/besluiten/{id}/stemmen", "Stemt voor dit lid", parameters: [decision],
              consumes: [MediaType.json], answer: "Stem", handler: DecisionVoting.vote),
        Route(.post, "/v1/teksten/{id}/_vernietig", "Vernietigt de toelichting van een eigen voorstel, bij iedereen",
              parameters: [decision], answer: "Vernietiging", handler: TextDestroying.destroy),
        Route(.get, "/v1/taken", "Wat dit lid te doen heeft", answer: "Taken", handler: WorklistAnswer.tasks),
    ]
}
