// SPDX-License-Identifier: EUPL-1.2

// Fields that the protocol names. Spec: Protocol/kinds.md §1.
extension CatalogueField {
    /// Name.
    public static let name = CatalogueField(1)
    /// Address of the source repository.
    public static let repository = CatalogueField(2)
    /// Page about the software.
    public static let landingPage = CatalogueField(3)
    /// SPDX expression.
    public static let licence = CatalogueField(4)
    /// 0 idea, 1 exploration, 2 construction, 3 operational, 4 retired.
    public static let phase = CatalogueField(5)
    /// Development status of the file.
    public static let developmentStatus = CatalogueField(6)
    /// Type of software of the file.
    public static let softwareType = CatalogueField(7)
    /// Newest stable version.
    public static let softwareVersion = CatalogueField(8)
    /// Date of that version, as text.
    public static let releaseDate = CatalogueField(9)
    /// Identifier of the publishing organisation.
    public static let organisationURI = CatalogueField(10)
    /// Type of maintenance of the file.
    public static let maintenanceType = CatalogueField(11)
    /// Address or name of the imported file.
    public static let importedFrom = CatalogueField(12)
    /// Grade at import, A to D.
    public static let grade = CatalogueField(13)
    /// Hosting and management.
    public static let hosting = CatalogueField(14)
    /// Civil date of the end of life.
    public static let endOfLife = CatalogueField(15)
    /// Cents by kind of cost.
    public static let businessCase = CatalogueField(16)
    /// Function that the application serves.
    public static let function = CatalogueField(17)
    /// Version of the standard that the file follows.
    public static let publiccodeVersion = CatalogueField(18)
    /// Whether it is built for several languages.
    public static let localisationReady = CatalogueField(19)
    /// Errors and warnings at import.
    public static let findings = CatalogueField(22)

    /// The short description in a language.
    public static func shortDescription(_ language: String) -> CatalogueField {
        CatalogueField(20, qualifier: language)
    }

    /// The long description in a language.
    public static func longDescription(_ language: String) -> CatalogueField {
        CatalogueField(21, qualifier: language)
    }
}
