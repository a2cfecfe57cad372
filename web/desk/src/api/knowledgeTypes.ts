import type { components } from "./schema";

type Schemas = components["schemas"];

/** An article in one language; its translations share the `key`. `version` 0: never published. */
export type ArticleLine = Schemas["ArticleItem"];
export type Article = Schemas["ArticlePage"];
export type ArticleList = Schemas["Articles"];
export type ArticleCounts = Schemas["ArticleCounts"];
export type VersionLine = Schemas["VersionLine"];

/** What an editor writes. */
export type ArticleFields = Pick<
  Schemas["DraftFields"],
  | "title" | "type" | "product_models" | "audience" | "firmware"
  | "effective_from" | "effective_until" | "supersedes" | "body"
>;
export type NewArticle = ArticleFields & { key?: string; lang: string };
export type SavedDraft = ArticleFields & { note?: string; row_version?: number };

export type VersionDiff = Schemas["Difference"];
export type DiffLine = Schemas["LineChange"];

/** A passage as it was compiled: what search finds and an answer shows. */
export type PassageView = Schemas["PassageView"];
export type FigureView = Schemas["PassageFigure"];
export type Preview = Schemas["Preview"];
export type PreviewText = Schemas["PreviewBody"];

/** Files handed in together. */
export type Intake = Schemas["IntakeView"];
export type IntakeDetail = Schemas["IntakePage"];
export type IntakeFile = Schemas["IntakeFileView"];

/** A found passage; `why` are the parts of the question that it holds. */
export type FoundPassage = Schemas["Passage"];
export type BenchQuery = Schemas["SearchLine"];
export type BenchAnswer = Schemas["SearchAnswer"];

export type GapState = "open" | "dismissed" | "answered";

/** A question that customers ask and no article answers. */
export type Gap = Schemas["GapView"];
/** A resolved ticket that tells what helped. */
export type TicketDraft = Schemas["ResolvedTicket"];
/** What was said of an article; `by` is empty for a customer. */
export type Feedback = Schemas["ArticleFeedback"];
export type FeedbackLine = Schemas["FeedbackLine"];
export type GivenFeedback = Pick<Schemas["GiveFeedback"], "document" | "helpful"> &
  Partial<Schemas["GiveFeedback"]>;

export type TranslationState = Schemas["Cell"]["state"];
/** An original and how it stands in other languages; `translator` is `none` where none is set up. */
export type TranslationRow = Schemas["MatrixLine"];
export type TranslationMatrix = Schemas["Matrix"];
export type TranslationProblem = Schemas["Problem"];

/** A concept with its names by language, the preferred first; `own`: the company's own entry. */
export type Term = Schemas["TermView"];
export type TermPage = Schemas["TermPage"];
export type SavedTerm = Pick<Term, "kind" | "names" | "reviewed"> & { note?: string };
export type TermImportReport = Schemas["TermsImportReport"];
export type TermProblem = Schemas["TermProblem"];
/** A word that documents use often and no term names. */
export type TermProposal = Schemas["ProposalView"];
