package dev.corral.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestPropertySource;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.Conversation;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NewConversation;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.OpenedReply;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.ReplyParameters;
import dev.corral.conversation.ReplyRunning;
import dev.corral.conversation.ReplyStore;
import dev.corral.conversation.Segments;
import dev.corral.conversation.StoredMessage;
import dev.corral.generation.ReplyProgress.Delta;
import dev.corral.generation.ReplyProgress.Done;
import dev.corral.generation.ReplyProgress.Failed;
import dev.corral.generation.ReplyProgress.Window;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.Usage;
import dev.corral.openai.FakeEngineApplication;
import dev.corral.openai.FakeEngineApplication.FakeEngineFactory;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@SpringBootTest(classes = FakeEngineApplication.class)
@TestPropertySource(properties = {"corral.replies.save-interval=50ms", "corral.replies.lease=2s",
		"corral.replies.titles=false", "corral.replies.turn=20s"})
class RepliesIntegrationTests {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	@Autowired
	FakeEngine engine;

	@Autowired
	FakeEngineFactory factory;

	@Autowired
	Replies replies;

	@Autowired
	Conversations conversations;

	@Autowired
	Messages messages;

	@Autowired
	ReplyStore store;

	@Autowired
	Segments segments;

	/** Somebody whom no other test knows. */
	private final Owner owner = new Owner(UUID.randomUUID().toString());

	/** What the engine generates, as the test tells it to. */
	private Sinks.Many<GenerationEvent> generation = Sinks.many().unicast().onBackpressureBuffer();

	@BeforeEach
	void awaitModels() {
		factory.awaitModels();
		engine.answer(FakeEngine.reply("Hello", " you"));
	}

	@Test
	void storesWhatWasSaidAndTheReplyWithItsFacts() {
		var conversation = conversation();

		var opened = send(conversation, "hi");
		var told = read(opened.reply().id());

		assertThat(told.getLast().progress()).isEqualTo(new Done(MessageStatus.COMPLETE, FinishReason.STOP));
		assertThat(stored(opened.said().getFirst().id()).message()).isEqualTo(new Message(Role.USER, "hi"));
		var reply = stored(opened.reply().id());
		assertThat(reply.message().content()).isEqualTo("Hello you");
		assertThat(reply.status()).isEqualTo(MessageStatus.COMPLETE);
		assertThat(reply.reply()).satisfies(facts -> {
			assertThat(facts.usage()).isEqualTo(FakeEngine.USAGE);
			assertThat(facts.window()).isNotNull();
			assertThat(facts.timeToFirstToken()).isNotNull();
			assertThat(facts.finishedAt()).isNotNull();
		});
		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:");
	}

	@Test
	void givesTheModelTheWholeBranchAndTheSystemMessage() {
		var conversation = conversations.create(owner,
				new NewConversation(null, "llama", "Be brief.", ReplyParameters.NONE, Map.of())).blockOptional(LONGEST)
				.orElseThrow();
		finish(send(conversation, "one"));

		finish(send(conversation, "two"));

		assertThat(engine.prompt())
				.isEqualTo("SYSTEM:Be brief.|USER:one|ASSISTANT:Hello you|USER:two|ASSISTANT:");
	}

	@Test
	void tellsEveryReaderTheSameTextWhereverItComesAndGoes() {
		engine.answer(generation.asFlux());
		var opened = send(conversation(), "hi");
		var random = new Random(7);
		FakeEngine.begun().subscribe(generation::tryEmitNext);
		var whole = text(opened.reply().id(), ReplyEventId.START);

		var text = new StringBuilder();
		var broken = IntStream.range(0, 20).mapToObj(_ -> new StringBuilder()).toList();
		var places = new ReplyEventId[broken.size()];
		for (int i = 0; i < 200; i++) {
			var delta = List.of("a", "ü", "🦙", "漢").get(random.nextInt(4));
			text.append(delta);
			generation.tryEmitNext(FakeEngine.delta(delta));
			int reader = random.nextInt(broken.size());
			places[reader] = readSome(opened.reply().id(), places[reader], broken.get(reader));
		}
		generation.tryEmitNext(FakeEngine.finished(FinishReason.STOP));
		generation.tryEmitComplete();

		assertThat(whole.join()).isEqualTo(text.toString());
		for (int reader = 0; reader < broken.size(); reader++) {
			var after = places[reader] == null ? ReplyEventId.START : places[reader];
			assertThat(broken.get(reader) + text(opened.reply().id(), after).join()).isEqualTo(text.toString());
		}
	}

	@Test
	void goesOnWhenNobodyReads() {
		engine.answer(generation.asFlux());
		var opened = send(conversation(), "hi");
		FakeEngine.reply("All", " of it").subscribe(generation::tryEmitNext, generation::tryEmitError,
				generation::tryEmitComplete);

		awaitStatus(opened.reply().id(), MessageStatus.COMPLETE);

		assertThat(stored(opened.reply().id()).message().content()).isEqualTo("All of it");
	}

	@Test
	void storesTheTextAsItGrows() {
		var opened = begin("Half");

		await().atMost(LONGEST)
				.untilAsserted(() -> assertThat(stored(opened.reply().id()).message().content()).isEqualTo("Half"));

		assertThat(stored(opened.reply().id()).status()).isEqualTo(MessageStatus.IN_PROGRESS);
		replies.stop(owner, opened.reply().id()).block(LONGEST);
	}

	@Test
	void keepsWhatAStoppedReplyHasAndFreesTheModel() {
		var opened = begin("Half");

		var stopped = replies.stop(owner, opened.reply().id()).blockOptional(LONGEST).orElseThrow();

		assertThat(stopped.status()).isEqualTo(MessageStatus.STOPPED);
		assertThat(stopped.message().content()).isEqualTo("Half");
		assertThat(facts(stopped).usage()).isEqualTo(new Usage(7, 1, 5));
		engine.awaitCancellation();
		assertThat(read(opened.reply().id()).getLast().progress()).isEqualTo(new Done(MessageStatus.STOPPED, null));
	}

	@Test
	void goesOnWithAStoppedReplyFromWhatItHas() {
		var opened = begin("Half");
		replies.stop(owner, opened.reply().id()).block(LONGEST);
		engine.answer(FakeEngine.reply(" and", " half"));

		replies.resume(owner, opened.reply().id(), ReplySettings.NONE).block(LONGEST);
		var told = replies.read(owner, opened.reply().id(), new ReplyEventId(ReplyEventId.Stage.START, 4))
				.collectList().blockOptional(LONGEST).orElseThrow();

		assertThat(text(told)).isEqualTo(" and half");
		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:Half");
		var reply = stored(opened.reply().id());
		assertThat(reply.message().content()).isEqualTo("Half and half");
		assertThat(reply.status()).isEqualTo(MessageStatus.COMPLETE);
		assertThat(facts(reply).usage()).isEqualTo(new Usage(14, 4, 10));
	}

	@Test
	void doesNotGoOnWithAReplyThatHasComeToItsEnd() {
		var opened = send(conversation(), "hi");
		finish(opened);

		assertThatThrownBy(() -> replies.resume(owner, opened.reply().id(), ReplySettings.NONE).blockOptional(LONGEST)
				.orElseThrow())
				.isInstanceOf(NotPossible.class);
	}

	@Test
	void refusesASecondMessageWhileAReplyIsWritten() {
		var conversation = conversation();
		var opened = begin(conversation, "Half");

		assertThatThrownBy(() -> send(conversation, "and?")).isInstanceOf(ReplyRunning.class)
				.hasMessageContaining(opened.reply().id().toString());

		replies.stop(owner, opened.reply().id()).block(LONGEST);
		assertThat(messages.tree(owner, conversation.id()).blockOptional(LONGEST).orElseThrow().nodes()).hasSize(2);
	}

	@Test
	void letsASecondMessageWaitForItsTurnIfItWantsTo() {
		var conversation = conversation();
		var first = begin(conversation, "Half");
		var waiting = replies.send(owner, conversation.id(),
				new ReplyAsked(new Attach.ToActiveBranch(), List.of(new Message(Role.USER, "and?")),
						ReplySettings.NONE, true))
				.toFuture();

		engine.answer(FakeEngine.reply("Then"));
		replies.stop(owner, first.reply().id()).block(LONGEST);
		var second = waiting.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
		finish(second);

		assertThat(second.said().getFirst().parent()).isEqualTo(first.reply().id());
		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:Half|USER:and?|ASSISTANT:");
	}

	@Test
	void givesAnotherReplyToTheSameMessageABranchOfItsOwn() {
		var conversation = conversation();
		var first = send(conversation, "hi");
		finish(first);
		var question = first.said().getFirst().id();
		engine.answer(FakeEngine.reply("Hey"));

		var second = replies.send(owner, conversation.id(),
				new ReplyAsked(new Attach.After(question), List.of(), ReplySettings.NONE, false)).blockOptional(LONGEST)
				.orElseThrow();
		finish(second);

		assertThat(second.said()).isEmpty();
		assertThat(second.reply().parent()).isEqualTo(question);
		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:");
		assertThat(conversations.find(owner, conversation.id()).blockOptional(LONGEST).orElseThrow().leaf())
				.isEqualTo(second.reply().id());
	}

	@Test
	void hasNoReplyToAReply() {
		var conversation = conversation();
		var first = send(conversation, "hi");
		finish(first);

		assertThatThrownBy(() -> replies.send(owner, conversation.id(), new ReplyAsked(
				new Attach.After(first.reply().id()), List.of(), ReplySettings.NONE, false)).blockOptional(LONGEST)
				.orElseThrow())
				.isInstanceOf(NotPossible.class);
	}

	@Test
	void endsTheReplyOfADeadServerAsInterrupted() {
		var conversation = conversation();
		var dead = store.open(owner, conversation.id(), null, List.of(new Message(Role.USER, "hi")), "llama",
				Instant.now().minusSeconds(1)).blockOptional(LONGEST).orElseThrow();

		awaitStatus(dead.reply().id(), MessageStatus.INTERRUPTED);
		replies.resume(owner, dead.reply().id(), ReplySettings.NONE).block(LONGEST);
		read(dead.reply().id());

		assertThat(stored(dead.reply().id()).message().content()).isEqualTo("Hello you");
	}

	@Test
	void stopsAReplyThatAnotherServerWrites() {
		var conversation = conversation();
		var elsewhere = store.open(owner, conversation.id(), null, List.of(new Message(Role.USER, "hi")), "llama",
				Instant.now().plusSeconds(60)).blockOptional(LONGEST).orElseThrow();
		var reply = elsewhere.reply().id();
		store.progress(reply, "Half", Instant.now().plusSeconds(60)).block(LONGEST);

		var stopped = replies.stop(owner, reply).blockOptional(LONGEST).orElseThrow();

		assertThat(stopped.status()).isEqualTo(MessageStatus.STOPPED);
		assertThat(stopped.message().content()).isEqualTo("Half");
		assertThat(
				store.progress(reply, "Half and", Instant.now().plusSeconds(60)).blockOptional(LONGEST).orElseThrow())
				.isFalse();
		assertThat(conversations.find(owner, conversation.id()).blockOptional(LONGEST).orElseThrow().runningReply())
				.isNull();
	}

	@Test
	void tellsReadersOfThisServerThatAnotherHasStoppedItsReply() {
		var opened = begin("Half");
		var told = replies.read(owner, opened.reply().id(), ReplyEventId.START).collectList().toFuture();
		await().atMost(LONGEST)
				.until(() -> stored(opened.reply().id()).message().content().equals("Half"));

		store.end(opened.reply().id(), MessageStatus.STOPPED, new Message(Role.ASSISTANT, "Half"),
				ReplyFacts.asked("llama")).block(LONGEST);

		assertThat(told.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join().getLast().progress())
				.isEqualTo(new Done(MessageStatus.STOPPED, null));
		engine.awaitCancellation();
	}

	@Test
	void tellsWhoReadsADeadServersReplyThatItWasInterrupted() {
		var conversation = conversation();
		var dead = store.open(owner, conversation.id(), null, List.of(new Message(Role.USER, "hi")), "llama",
				Instant.now().plusMillis(300)).blockOptional(LONGEST).orElseThrow();

		var told = read(dead.reply().id());

		assertThat(told.getLast().progress()).isEqualTo(new Done(MessageStatus.INTERRUPTED, null));
	}

	@Test
	void storesAndTellsWhatWentWrong() {
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("Half"), new GenerationEvent.Failed(
				new InferenceFailure.QueueTimeout(Duration.ofSeconds(1)), new Usage(7, 1, 0)))));

		var opened = send(conversation(), "hi");
		var told = read(opened.reply().id());

		assertThat(told.getLast().progress()).isInstanceOfSatisfying(Failed.class,
				failed -> assertThat(failed.error().code()).isEqualTo("queue_timeout"));
		var reply = stored(opened.reply().id());
		assertThat(reply.status()).isEqualTo(MessageStatus.FAILED);
		assertThat(reply.message().content()).isEqualTo("Half");
		assertThat(facts(reply).error()).isNotNull().extracting(ReplyError::message).asString().contains("1000 ms");
	}

	@Test
	void storesNothingOfAMessageThatCannotBeReplied() {
		var conversation = conversation();

		assertThatThrownBy(() -> send(conversation, "x".repeat(600)))
				.isInstanceOf(InferenceFailure.PromptTooLong.class);

		assertThat(messages.tree(owner, conversation.id()).blockOptional(LONGEST).orElseThrow().nodes()).isEmpty();
	}

	@Test
	void shortensAMessageThatIsTooLongIfThatIsWanted() {
		var conversation = conversation();
		var settings = new ReplySettings(null, null, ReplyParameters.NONE, null, ToolUse.NONE, true);

		var opened = replies.send(owner, conversation.id(), new ReplyAsked(new Attach.ToActiveBranch(),
				List.of(new Message(Role.USER, "begin " + "x".repeat(600) + " end")), settings, false))
				.blockOptional(LONGEST).orElseThrow();
		read(opened.reply().id());

		assertThat(engine.prompt()).startsWith("USER:begin xxx").endsWith("xxx end|ASSISTANT:").hasSizeLessThan(400);
		assertThat(facts(stored(opened.reply().id())).window()).isNotNull()
				.satisfies(window -> assertThat(window.truncatedTokens()).isGreaterThan(200));
	}

	@Test
	void leavesOldTurnsOutOfAFullWindowAndSaysSo() {
		var conversation = conversation();
		for (int i = 0; i < 12; i++) {
			finish(send(conversation, "turn %d %s".formatted(i, "x".repeat(40))));
		}

		var opened = send(conversation, "last");
		var told = read(opened.reply().id());

		assertThat(engine.prompt()).doesNotContain("turn 0").contains("turn 11").hasSizeLessThan(512);
		assertThat(told).anySatisfy(step -> assertThat(step.progress()).isInstanceOfSatisfying(Window.class,
				window -> assertThat(window.report().cutMessages()).isPositive()));
		assertThat(segments.find(owner, conversation.id()).collectList().blockOptional(LONGEST).orElseThrow())
				.isNotEmpty()
				.allSatisfy(segment -> assertThat(segment.policy()).isEqualTo(WindowPolicy.ROLLING));
	}

	@Test
	void putsASummaryOfOldTurnsInTheirPlace() {
		engine.answer(request -> FakeEngine.reply(
				engine.prompt().contains(Recaps.QUESTION) ? "They counted." : "Counted."));
		var conversation = conversation(WindowPolicy.RECAP);
		for (int i = 0; i < 12; i++) {
			finish(send(conversation, "turn %d %s".formatted(i, "x".repeat(40))));
		}

		finish(send(conversation, "last"));

		assertThat(engine.prompt()).startsWith("SYSTEM:" + ChatWindow.RECAP + "They counted.|")
				.doesNotContain("turn 0");
		var summaries = engine.requests().stream().map(request -> engine.tokenizer().detokenize(request.promptTokens()))
				.filter(prompt -> prompt.contains(Recaps.QUESTION)).toList();
		assertThat(summaries.size()).isBetween(1, 6);
		assertThat(summaries.getFirst()).contains("User: turn 0 ").contains("Assistant: Counted.");
	}

	@Test
	void bringsBackTheTurnThatTheQuestionIsAbout() {
		var conversation = conversation(WindowPolicy.RECALL);
		finish(send(conversation, "The password is swordfish."));
		for (int i = 0; i < 12; i++) {
			finish(send(conversation, "turn %d %s".formatted(i, "x".repeat(40))));
		}

		finish(send(conversation, "What is the password?"));

		assertThat(engine.prompt())
				.contains("USER:The password is swordfish.|ASSISTANT:Hello you|USER:What is the password?|");
	}

	@Test
	void refusesAFullWindowWhereThatIsWanted() {
		var conversation = conversation(WindowPolicy.STRICT);
		var sent = Flux.range(0, 20).concatMap(i -> replies.send(owner, conversation.id(),
				asked("turn %d %s".formatted(i, "x".repeat(40)))).flatMap(
						opened -> replies
								.read(owner, opened.reply().id(), ReplyEventId.START).then(Mono.just(opened))));

		StepVerifier.create(sent.then()).expectError(InferenceFailure.PromptTooLong.class).verify(LONGEST);
	}

	@Test
	void hidesRepliesFromOthers() {
		var opened = send(conversation(), "hi");
		finish(opened);
		var other = new Owner("other");
		var id = opened.reply().id();

		StepVerifier.create(replies.read(other, id, ReplyEventId.START)).verifyError(NotFound.class);
		StepVerifier.create(replies.stop(other, id)).verifyError(NotFound.class);
		StepVerifier.create(replies.resume(other, id, ReplySettings.NONE)).verifyError(NotFound.class);
		StepVerifier.create(replies.send(other, opened.conversation().id(), asked("hi"))).verifyError(NotFound.class);
		StepVerifier.create(replies.read(owner, opened.said().getFirst().id(), ReplyEventId.START))
				.verifyError(NotFound.class);
	}

	private OpenedReply begin(String text) {
		return begin(conversation(), text);
	}

	/** A reply that has this text so far. */
	private OpenedReply begin(Conversation conversation, String text) {
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta(text)), Flux.never()));
		var opened = send(conversation, "hi");
		replies.read(owner, opened.reply().id(), ReplyEventId.START).filter(step -> step.progress() instanceof Delta)
				.blockFirst(LONGEST);
		return opened;
	}

	private Conversation conversation() {
		return conversations.create(owner, new NewConversation("llama")).blockOptional(LONGEST).orElseThrow();
	}

	private Conversation conversation(WindowPolicy policy) {
		var parameters = new ReplyParameters(null, null, null, null, null, null, null, null, null, null, policy);
		return conversations
				.create(owner, new NewConversation(null, "llama", null, parameters, Map.of())).blockOptional(LONGEST)
				.orElseThrow();
	}

	private static ReplyAsked asked(String text) {
		return new ReplyAsked(new Attach.ToActiveBranch(), List.of(new Message(Role.USER, text)), ReplySettings.NONE,
				false);
	}

	private OpenedReply send(Conversation conversation, String text) {
		return replies.send(owner, conversation.id(), asked(text)).blockOptional(LONGEST).orElseThrow();
	}

	private void finish(OpenedReply opened) {
		assertThat(read(opened.reply().id()).getLast().progress()).isInstanceOf(Done.class);
	}

	private List<ReplyStep> read(MessageId reply) {
		return replies.read(owner, reply, ReplyEventId.START).collectList().blockOptional(LONGEST).orElseThrow();
	}

	/** A reader that comes for what there is and leaves. */
	private ReplyEventId readSome(MessageId reply, ReplyEventId place, StringBuilder text) {
		var step = replies.read(owner, reply, place == null ? ReplyEventId.START : place)
				.filter(told -> told.progress() instanceof Delta).timeout(Duration.ofMillis(200), Mono.empty())
				.blockFirst(LONGEST);
		if (step == null) {
			return place;
		}
		text.append(((Delta) step.progress()).text());
		return step.id();
	}

	private CompletableFuture<String> text(MessageId reply, ReplyEventId after) {
		return CompletableFuture.supplyAsync(() -> text(replies.read(owner, reply, after).collectList()
				.blockOptional(LONGEST).orElseThrow()));
	}

	private static String text(List<ReplyStep> steps) {
		return steps.stream().map(ReplyStep::progress).filter(Delta.class::isInstance).map(Delta.class::cast)
				.map(Delta::text).collect(Collectors.joining());
	}

	private static ReplyFacts facts(StoredMessage reply) {
		return Objects.requireNonNull(reply.reply());
	}

	private StoredMessage stored(MessageId id) {
		return messages.find(owner, id).blockOptional(LONGEST).orElseThrow();
	}

	private void awaitStatus(MessageId reply, MessageStatus status) {
		await().atMost(LONGEST).until(() -> stored(reply).status() == status);
	}

}
