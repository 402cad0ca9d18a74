// SPDX-License-Identifier: EUPL-1.2

/// What the catalogue takes from a `publiccode.yml`. Spec: Protocol/publiccode.md §2.
/// Contacts are natural persons: they are checked and never taken out of the file.
public struct PublicCodeRecord: Hashable, Sendable {
    /// A text in one language.
    public struct Description: Hashable, Sendable {
        /// BCP 47 tag as written, such as `nl` or `en-GB`.
        public var language: String
        /// The name in this language.
        public var localisedName: String?
        /// One sentence, at most 150 characters.
        public var shortDescription: String?
        /// 150 to 10,000 characters.
        public var longDescription: String?
        /// What the software can do.
        public var features: [String]
        /// Where its documentation stands.
        public var documentation: String?
        /// Where its interface is described.
        public var apiDocumentation: String?

        /// A text in one language.
        public init(
            language: String, localisedName: String? = nil, shortDescription: String? = nil,
            longDescription: String? = nil, features: [String] = [], documentation: String? = nil,
            apiDocumentation: String? = nil
        ) {
            self.language = language
            self.localisedName = localisedName
            self.shortDescription = shortDescription
            self.longDescription = longDescription
            self.features = features
            self.documentation = documentation
            self.apiDocumentation = apiDocumentation
        }
    }

    /// A company that maintains the software.
    public struct Contractor: Hashable, Sendable {
        /// The company's name.
        public var name: String
        /// `YYYY-MM-DD`, the day the contract ends; absent where the file left it out.
        public var until: String?
        /// The company's site.
        public var website: String?

        /// A company that maintains the software.
        public init(name: String, until: String? = nil, website: String? = nil) {
            self.name = name
            self.until = until
            self.website = website
        }
    }

    /// `publiccodeYmlVersion` as written.
    public var publiccodeVersion: String?
    /// The name that most people use.
    public var name: String?
    /// The source repository.
    public var url: String?
    /// The page about the software.
    public var landingURL: String?
    /// The newest stable version.
    public var softwareVersion: String?
    /// `YYYY-MM-DD`.
    public var releaseDate: String?
    /// A path inside the repository or an address.
    public var logo: String?
    /// Such as `web` or `linux`.
    public var platforms: [String] = []
    /// From the standard's list.
    public var categories: [String] = []
    /// `concept`, `development`, `beta`, `stable` or `obsolete`.
    public var developmentStatus: String?
    /// Such as `standalone/web` or `library`.
    public var softwareType: String?
    /// An SPDX expression.
    public var license: String?
    /// Who holds the copyright.
    public var mainCopyrightOwner: String?
    /// The publishing organisation's name.
    public var organisationName: String?
    /// The publishing organisation's identifier.
    public var organisationURI: String?
    /// `internal`, `contract`, `community` or `none`.
    public var maintenanceType: String?
    /// The companies that maintain the software.
    public var contractors: [Contractor] = []
    /// Whether the software is built for several languages.
    public var localisationReady: Bool?
    /// BCP 47 tags.
    public var availableLanguages: [String] = []
    /// `alias:<name>` or a URI: what the software supports, such as a standard.
    public var supports: [String] = []
    /// One text a language, in the order of the file.
    public var descriptions: [Description] = []

    /// An empty record.
    public init() {}
}
