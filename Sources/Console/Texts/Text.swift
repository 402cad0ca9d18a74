// SPDX-License-Identifier: EUPL-1.2

/// Every text that people read, by what it says. `TextTable` has each in every language.
enum Text: String, CaseIterable, Sendable {
    // init and network
    case initMade, initCard, initRequest, initCertificate, initNextKey, initRecoveryWritten, initRecoveryOnce
    case networkTitle, networkCooperative, networkFounders, networkJoined, networkJoinFile
    case rulesTitle, rulesFounding, rulesOrgan, rulesContribution, rulesSharing, participantsColumn, fromColumn
    case untilColumn, unitPriceColumn, vatColumn, untilDay, aboveCount
    case termSmallCount, termTolerance, termTolerancePart, termCap, termYear, termDispute, termStatement, termPayment
    case termBilling
    case termOffset, termCorrection, termCorrectionAge, termCapFrom
    case termPropose, termPrevote, termPrecommit, termGrowth, termHold
    case networkDials, networkStart, networkID
    // completeness
    case complete, incomplete
    // status
    case noActions, oneAction, manyActions, nodeColumn, reachableColumn, exchangedColumn, behindColumn, standColumn
    case ownNode, yes, no, unknown, equalStand, statusInbox, statusCertificate, statusDigest, statusDiskUnknown
    case statusBackupNever, statusEpoch, statusVoid, statusWaiting, refusedBy
    case statusFailures, statusNoQuorum, statusFailuresUnknown, statusNoLiar, statusNextEpoch
    case statusRoundStalled, statusRoundSilent, actionSuccessorWaits, actionSuccessorShort, actionSuccessorForked
    case statusEpochDecided, actionVotesNot, obstacleNoVoter, obstacleReadsOnly, obstacleOwnHead, obstacleFounders
    case actionNoQuorum
    case statusDecisions, statusTexts, actionVotes, actionDigest, actionDisputed, disputedNamed
    case actionEnded
    case actionReadsOnly, actionFork, actionUnreachable, actionNeverReached, actionDifference, actionConflict
    case actionCertificate, actionCertificateExpired, actionDisk, actionBackupNever, actionBackupOld
    case forkEvidence, secondsAgo, minutesAgo, hoursAgo, daysAgo
    // members
    case nameColumn, kindColumn, oinColumn, endpointColumn, entriesColumn, heartbeatColumn, memberLog, memberKey
    case memberSuspended, memberTowns, memberPins, memberStanding, memberVotes, memberVotesNot, memberLogWaits
    case memberLogEnds, sinceColumn, memberLegend, memberLegendVotes
    // catalogue
    case applicationColumn, leadColumn, phaseColumn, licenceColumn, gradeColumn, conflictsColumn, importDone
    case importNothingChanged, importChanged, editDone, editNothing, conflictsNone, conflictTitle, conflictHint
    case fieldColumn, valueColumn, writerColumn, participants, exportWritten
    case totalCounts
    // documents
    case documentsNone, invoiceChecked, invoiceAgrees
    case confirmedBy, approvedBy, notYet, actOn, statementOrder, receivedNothing, receivedWaits, ordersNone, orderRow
    case orderUnknown, accountRow, accountHeld, accountsNone, bankBooked, bankBefore, bankSkipped, itemRow, itemsNone
    case itemsAge, offsetRow, offsetNothing, treasurerTitle, treasurerCash, treasurerVAT, treasurerTurnover
    case outboxNone, outboxAct, outboxNext, outboxEnded
    // forecasts and reports
    case simulationTitle, simulationBasis, partyColumn, lineColumn, beforeColumn, afterColumn, usesColumn, changeColumn
    case pricePerUseColumn
    case simulationSum, simulationNetWords, lineReceived, priceTitle
    case offerTitle, offerFrom, offerEntrance, offerNotSet, offerContribution, offerBuyIn, offerFees, offerFirst
    case yearTitle, yearBudget, yearCommitted, yearRealised, yearForecast, yearRoom, yearEndTitle, yearEndUnknown
    case directionColumn, computedColumn, invoicedColumn, toInvoiceColumn, disputedColumn, correctedColumn
    case quarterTitle, quarterColumn, budgetColumn, yearAgoColumn
    case offerBasis, bundleDone, bundleDigest, bundleVerify, bundleSound, bundleFault, bundleCounts
    // usage
    case usageCounts, usageBadLine, usageNothing, retracted, flushed, classColumn, providerColumn, consumerColumn
    case providerSideColumn, consumerSideColumn, inboxColumn, usageTitle
    case keysTwoMembers, keysNothing, keysPlan, keysWithNext, keysWithRecovery, keysConfirm, keysNeedsYes
    case keysNotConfirmed
    case keysNotWriting, keysAskRecovery, keysRecoveryShape, keysWrongKey, keysSucceeded, keysWaits, keysNoEnd
    case joinEnded
    case joinInvitation, joinOtherCard, joinDecision, joinCatchingUp, joinEpoch, joinMember, joinAnswer, joinNotRunning
    case quarantineNothing, quarantineTitle, quarantineWaits, quarantineReleased
    // settling
    case stated, statedRow, statementTitle, statementParties, usColumn, providerCountColumn, billedColumn
    case priceColumn, amountColumn, statusColumn, net, vatOf, toPay, toReceive, disputed, respondBy, silence
    case performance, tariffs, explanation, completeness, linesTitle, received, disputedWord, notStated, tiers
    case contributionLine, developmentLine, fundingLine, payoutTitle, partInvoice, compareTitle, differenceColumn
    case cellsWithoutUse, compareFinding, compareFine, compareNotStated, contentDiffers, previewTitle
    case sheetTitle, sheetNobody, sheetReleased, sheetHindered, sheetStated, sheetHeld, sheetEqual, sheetTooDifferent
    case sheetOwn, sheetNamed, sheetRefused, sheetUnreachable, sheetCounts, sheetMore, sheetOtherwise
    case causeColumn, transactionsColumn, transactionColumn, dayColumn, themColumn, whatColumn
    case periodsTitle, periodsNone, periodsParty, periodsClosed, periodsCell, periodsAgreed, periodsStance
    case stanceTaken, cutSigned, cutWaitsForEpoch, cutWaitsForOther
    // explain
    case explainTitle, stepCounted, stepNotCounted, stepCompared, stepBilled, stepTariff, stepTariffOpen
    case stepFunder, stepTier, stepTierOpen, stepInhabitants, stepContribution, stepMonths, stepYear, stepInstalment
    case stepCost, stepDecided, stepKey, stepAllocated, stepCharged, stepExact, stepAmount, stepVAT, countersTitle
    case counterRow, counterEntries, counterHead, basis
    // governing
    case decisionsNone, idColumn, titleColumn, deadlineColumn, tallyColumn, ownVoteColumn, voterColumn
    case choiceColumn, finalColumn, notVoted, notVotedYet, notVotedShort, replaceable, ballotContradicts
    case noVotesYet, noVotesOutcome
    case ballotLate, ballotReplaced, provisionally, wouldCarry, wouldFall, half, twoThirds, threeQuarters, nothing
    case baseWithoutBlanks, baseVotes, baseEntitled, ruleThreshold, ruleNoQuorum, ruleQuorum
    case tallySentence, turnoutSentence, finalOutcome, provisionalOutcome, provisionalCertain
    case withoutEffect, decisionHead, decisionOrgan, electorateMembers, electorateParticipants
    case decisionRule, decisionDeadline, decisionDeadlinePast, decisionCost, decisionText, decisionTextMissing
    case decisionTextDestroyed, waitsForVotes, waitsForEpoch, waitsForQuorum, proposed, proposedHint
    case voted, votedReplaceable, closedAlready, stillOpen, admissionTitle, exitTitle, textDestroyed
    case payloadAdmission, payloadEndpoints, payloadExit, payloadExpulsion, payloadTariff, payloadUntil
    case payloadEnds, payloadEndsNone, payloadBillsOn, payloadBillsUntil, payloadNext, payloadGap, payloadBack
    case payloadPrice, payloadTier, payloadLastTier, payloadVAT, payloadFunder, payloadContribution
    case payloadSharing, payloadSharer, payloadInhabitants, figureFinal, figureProvisional
    case payloadLine, payloadLineOut, payloadBearer, payloadSettledIn, payloadAdvance, payloadTerms, payloadCharged
    case payloadKeyJoining, payloadKeyOriginal, payloadTermsTotal, payloadTermsIndex, payloadTermsLife
    case payloadApplication, payloadClasses, payloadSensitive, payloadJoining, payloadLeaving
    case payloadVotes, payloadVotesNot, payloadKeys, payloadNone, effectMemberKnown, effectKeyKnown
    case effectMemberUnknown, effectApplicationUnknown, effectClassUnknown, effectTariffsOverlap
    case effectExists, effectNotParticipant, effectDate, effectLastVoter, effectLog, effectCellUnknown
    case effectNotEscalated, payloadCount, todoNothing
    case todoTitle, todoUntil, todoVote, todoFork, todoConflict, todoQuarantine, todoCertificate
    case todoCandidate, todoDifference
    case todoState, todoClose, todoConfirm, todoApprove, todoRelease, todoHandOver, todoOverdue, todoAccount
    // keeping
    case verifySound, verifyCounts, verifyFindings, backupDone, restored, restoredReadsOnly, tilesDone
    case tilesRow, tilesShort
}
