package dev.corral.grammar;

import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.corral.inference.InvalidParameter;
import tools.jackson.databind.exc.JsonNodeException;

import static org.assertj.core.api.Assertions.assertThat;

/** Random replies under random schemas, judged by another implementation of JSON Schema. */
class SchemaSamplingTests {

	private static final int SCHEMAS = 500;

	private static final int REPLIES = 8;

	private int judged;

	private final SchemaRegistry registry = SchemaRegistry
			.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	@Test
	void everyReplyIsValid() {
		var random = new SplittableRandom(20261123);
		for (int i = 0; i < SCHEMAS; i++) {
			check(RandomSchema.draw(random).toString(), random);
		}

		assertThat(judged).isGreaterThan(SCHEMAS * REPLIES / 2);
	}

	private void check(String schema, SplittableRandom random) {
		Grammar grammar;
		try {
			grammar = Texts.schema(schema);
		} catch (InvalidParameter contradictory) {
			return;
		}
		var judge = registry.getSchema(schema, InputFormat.JSON);
		for (int reply = 0; reply < REPLIES; reply++) {
			var text = Texts.random(grammar, random);
			if (text == null) {
				continue;
			}
			assertThat(problems(judge, text)).as("%s%n%s", schema, text).isEmpty();
		}
	}

	/** The validator compares integer bounds as 64-bit integers, and gives up on numbers beyond; then nothing is judged. */
	private List<Error> problems(Schema judge, String text) {
		try {
			var problems = judge.validate(text, InputFormat.JSON,
					context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
			judged++;
			return problems;
		} catch (JsonNodeException tooLarge) {
			return List.of();
		}
	}

}
