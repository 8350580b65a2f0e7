package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.SamplingParameters;
import dev.corral.llamacpp.internal.ContextOptions;
import dev.corral.llamacpp.internal.DecodeResult;
import dev.corral.llamacpp.internal.NativeBatch;
import dev.corral.llamacpp.internal.NativeContext;
import dev.corral.llamacpp.internal.NativeModel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Why {@link EngineContractNativeTests} may compare token ids: a batch of eight rounds differently from a batch of one, but by far
 * less than what lies between the best and the second-best token of these replies.
 */
@Tag("native")
class BatchRoundingNativeTests {

	static final List<String> QUESTIONS = List.of("What is the capital of France?", "What is 12 + 9?",
			"What is the capital of Japan?", "Please count for me from 3 up to 9.",
			"Which day of the week comes right after Monday?", "What is 7 times 8?",
			"Name the capital city of Norway, please.", "Name 3 fruits.");

	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void roundsByLessThanTheMarginOfTheseReplies(NativeRuntime runtime) {
		var rows = new ArrayList<Row>();
		try (var engine = runtime.cria(512, 1); var model = runtime.runtime().open(NativeRuntime.CRIA)) {
			for (var question : QUESTIONS) {
				var reply = Reply.of(engine.generate(Cria.ask(engine, question, SamplingParameters.GREEDY)));
				rows.add(new Row(Cria.prompt(engine, question), reply.tokenIds()));
			}
			var alone = rows.stream().flatMap(row -> logits(model, List.of(row)).stream()).toList();
			var together = logits(model, rows);

			float difference = 0;
			float margin = Float.POSITIVE_INFINITY;
			for (int row = 0; row < rows.size(); row++) {
				for (int step = 0; step < alone.get(row).size(); step++) {
					difference = Math.max(difference,
							difference(alone.get(row).get(step), together.get(row).get(step)));
					margin = Math.min(margin, margin(alone.get(row).get(step)));
				}
			}
			// Both tokens may move, towards each other.
			assertThat(2 * difference).as("twice the largest difference, on %s", runtime).isLessThan(margin);
		}
	}

	/** The logits after each token of each row's reply, all rows computed in the same batches. */
	private static List<List<float[]>> logits(NativeModel model, List<Row> rows) {
		var logits = new ArrayList<List<float[]>>();
		rows.forEach(row -> logits.add(new ArrayList<>()));
		try (var context = NativeContext.open(model, new ContextOptions(512, rows.size(), 512, 1))) {
			var batch = context.batch();
			for (int step = 0; step < 64; step++) {
				var indexes = fill(batch, rows, step);
				if (batch.size() == 0) {
					break;
				}
				assertThat(context.decode(batch)).isEqualTo(DecodeResult.OK);
				for (int row = 0; row < rows.size(); row++) {
					if (indexes[row] >= 0) {
						var copy = new float[model.vocabulary().size()];
						context.logits(indexes[row]).copyTo(copy);
						logits.get(row).add(copy);
					}
				}
			}
		}
		return logits;
	}

	/** Step 0 is the prompt, each later one a token of the reply. Returns the batch index per row, -1 for rows that have ended. */
	private static int[] fill(NativeBatch batch, List<Row> rows, int step) {
		batch.clear();
		var indexes = new int[rows.size()];
		for (int i = 0; i < rows.size(); i++) {
			var row = rows.get(i);
			indexes[i] = -1;
			if (step == 0) {
				for (int position = 0; position < row.prompt().size(); position++) {
					boolean last = position == row.prompt().size() - 1;
					indexes[i] = batch.add(row.prompt().get(position), position, i, last);
				}
			} else if (step <= row.reply().size()) {
				indexes[i] = batch.add(row.reply().get(step - 1), row.prompt().size() + step - 1, i, true);
			}
		}
		return indexes;
	}

	private static float difference(float[] a, float[] b) {
		float largest = 0;
		for (int i = 0; i < a.length; i++) {
			largest = Math.max(largest, Math.abs(a[i] - b[i]));
		}
		return largest;
	}

	private static float margin(float[] logits) {
		float best = Float.NEGATIVE_INFINITY;
		float second = Float.NEGATIVE_INFINITY;
		for (float logit : logits) {
			second = Math.max(second, Math.min(best, logit));
			best = Math.max(best, logit);
		}
		return best - second;
	}

	private record Row(List<Integer> prompt, List<Integer> reply) {
	}

}
