package dev.corral.grammar;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.corral.inference.InvalidParameter;

import static org.assertj.core.api.Assertions.assertThat;

/** Random replies under random schemas, judged by another implementation of JSON Schema. */
class SchemaSamplingTests {

	private static final int SCHEMAS = 300;

	private static final int REPLIES = 8;

	private final SchemaRegistry registry = SchemaRegistry
			.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	@Test
	void everyReplyIsValid() {
		long seed = System.nanoTime();
		System.out.println("SchemaSamplingTests seed " + seed);
		var random = new SplittableRandom(seed);
		int compiled = 0;
		for (int i = 0; i < SCHEMAS; i++) {
			var schema = RandomSchema.draw(random).toString();
			compiled += check(schema, random) ? 1 : 0;
		}

		assertThat(compiled).isGreaterThan(SCHEMAS / 2);
	}

	private boolean check(String schema, SplittableRandom random) {
		Grammar grammar;
		try {
			grammar = Texts.schema(schema);
		} catch (InvalidParameter contradictory) {
			return false;
		}
		var judge = registry.getSchema(schema, InputFormat.JSON);
		for (int reply = 0; reply < REPLIES; reply++) {
			var text = Texts.random(grammar, random);
			assertThat(judge.validate(text, InputFormat.JSON,
					context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
					.as("%s%n%s", schema, text)
					.isEmpty();
		}
		return true;
	}

}
