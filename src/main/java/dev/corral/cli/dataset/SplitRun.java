package dev.corral.cli.dataset;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.exchange.JsonRecord;
import dev.corral.conversation.exchange.JsonRecords;
import dev.corral.template.Role;
import dev.corral.template.TemplateFailed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads conversations, splits them and writes the pieces, one conversation at a time. */
final class SplitRun {

	private static final int MOST_REPORTED = 100;

	private final Function<@Nullable String, PieceMeasure> measures;

	private final SplitOptions options;

	private final PrintWriter reports;

	private final SplitSummary summary = new SplitSummary();

	/**
	 * @param measures for the system message of a conversation
	 * @param reports where bad records are told of
	 */
	SplitRun(Function<@Nullable String, PieceMeasure> measures, SplitOptions options, PrintWriter reports) {
		this.measures = measures;
		this.options = options;
		this.reports = reports;
	}

	/** Splits all records; bad ones are reported, counted and left out. */
	SplitSummary run(JsonRecords records, PieceWriter output) throws IOException {
		for (long index = 0; index < options.end(); index++) {
			var record = records.next();
			if (record == null) {
				break;
			}
			if (index >= options.begin()) {
				split(record, output);
			}
		}
		output.end();
		summary.pieces = output.written();
		return summary;
	}

	private void split(JsonRecord record, PieceWriter output) throws IOException {
		switch (record) {
			case JsonRecord.Unreadable(long number, String problem) -> report(number, problem);
			case JsonRecord.Read(long number, ObjectNode value) -> {
				try {
					split(new ShareGptRecord(value, number - 1), output);
				} catch (BadRecord | NoRoom | TemplateFailed | JacksonException bad) {
					report(number, String.valueOf(bad.getMessage()));
				}
			}
		}
	}

	private void split(ShareGptRecord record, PieceWriter output) throws IOException {
		var splitter = new ConversationSplitter(measures.apply(record.system()), options.maxTokens(),
				options.oversize(), options.continuation());
		var split = splitter.split(record.turns());
		var written = new ArrayList<ObjectNode>();
		int left = 0;
		for (var piece : split.pieces()) {
			var kept = options.keepsUnanswered() ? piece : answered(piece);
			left += piece.size() - kept.size();
			if (!kept.isEmpty()) {
				written.add(record.with(kept));
			}
		}
		output.write(written);
		summary.conversations++;
		summary.oversizeRounds += split.oversizeRounds();
		summary.withoutQuestion += record.withoutQuestion();
		summary.unanswered += left;
	}

	/** A trainer that learns from replies alone learns nothing from a question without one. */
	private static List<Turn> answered(List<Turn> piece) {
		return piece.getLast().role() == Role.USER ? piece.subList(0, piece.size() - 1) : piece;
	}

	private void report(long number, String problem) {
		summary.bad++;
		if (summary.bad <= MOST_REPORTED) {
			reports.println("Record %d is left out: %s.".formatted(number, problem.replaceFirst("\\.$", "")));
		} else if (summary.bad == MOST_REPORTED + 1) {
			reports.println("Further records that are left out are only counted.");
		}
	}

}
