// The clients that JavaScript programs use, against the Corral whose address is in CORRAL_URL.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { embedMany, generateObject, generateText, streamText, tool } from "ai";
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";

const url = process.env.CORRAL_URL;
assert.ok(url, "CORRAL_URL must hold the address of a running Corral");

const model = "cria";
const question = [{ role: "user", content: "What is 3 + 4?" }];
const Person = z.strictObject({ name: z.string().max(8), age: z.int().min(0).max(99) });

const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: "any", maxRetries: 0 });
const corral = createOpenAICompatible({
  name: "corral",
  baseURL: `${url}/v1`,
  apiKey: "any",
  includeUsage: true,
  supportsStructuredOutputs: true,
});

test("openai answers in one piece", async () => {
  const reply = await openai.chat.completions.create({ model, messages: question });

  assert.match(reply.choices[0].message.content, /\S/);
  assert.equal(reply.choices[0].finish_reason, "stop");
  assert.equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens);
});

test("openai streams what it answers in one piece", async () => {
  const asked = { model, messages: question, temperature: 0 };
  const whole = await openai.chat.completions.create(asked);
  const stream = await openai.chat.completions.create({
    ...asked,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let usage;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? "";
    usage = chunk.usage ?? usage;
  }

  assert.equal(text, whole.choices[0].message.content);
  assert.equal(usage.completion_tokens, whole.usage.completion_tokens);
});

test("openai gathers a stream in its own helper", async () => {
  const runner = openai.chat.completions.stream({ model, messages: question });

  assert.match(await runner.finalContent(), /\S/);
});

test("openai parses a reply that a schema constrains", async () => {
  const reply = await openai.chat.completions.parse({
    model,
    messages: [{ role: "user", content: "Tell me about a person." }],
    response_format: zodResponseFormat(Person, "person"),
  });

  assert.deepEqual(Person.parse(reply.choices[0].message.parsed), reply.choices[0].message.parsed);
});

const keep = {
  type: "function",
  function: { name: "keep", description: "Keeps a person.", parameters: z.toJSONSchema(Person) },
};

test("openai gets a call of a tool, streamed and not, and answers it", async () => {
  const asked = { model, messages: question, tools: [keep], tool_choice: "required", temperature: 0 };
  const reply = (await openai.chat.completions.create(asked)).choices[0];
  const [call] = reply.message.tool_calls;
  const runner = openai.chat.completions.stream(asked);
  const streamed = (await runner.finalChatCompletion()).choices[0];

  assert.equal(reply.finish_reason, "tool_calls");
  assert.equal(call.function.name, "keep");
  Person.parse(JSON.parse(call.function.arguments));
  assert.equal(streamed.message.tool_calls[0].function.arguments, call.function.arguments);
  const answered = await openai.chat.completions.create({
    model,
    messages: [...question, reply.message, { role: "tool", tool_call_id: call.id, content: "Kept." }],
    max_tokens: 8,
  });
  assert.equal(typeof answered.choices[0].message.content, "string");
});

test("openai embeds texts, decoding what comes in base64", async () => {
  const vectors = await openai.embeddings.create({ model, input: ["a stable", "a llama"] });

  assert.equal(vectors.data.length, 2);
  assert.ok(Math.abs(vectors.data[0].embedding.reduce((sum, x) => sum + x * x, 0) - 1) < 1e-3);
});

test("openai completes a text", async () => {
  const reply = await openai.completions.create({ model, prompt: "Once upon", max_tokens: 5 });

  assert.ok(reply.choices[0].text.length > 0);
});

test("openai lists and finds models", async () => {
  const models = await openai.models.list();

  assert.ok(models.data.some((each) => each.id === model));
  assert.equal((await openai.models.retrieve(model)).id, model);
});

test("openai raises the errors that it has classes for", async () => {
  await assert.rejects(openai.chat.completions.create({ model: "none", messages: question }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.equal(error.code, "model_not_found");
    assert.equal(error.param, "model");
    assert.match(error.requestID, /^req_/);
    return true;
  });
  await assert.rejects(openai.chat.completions.create({ model, messages: question, temperature: 9 }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, "temperature");
    return true;
  });
});

test("openai ends a stream that is aborted", async () => {
  const stream = await openai.chat.completions.create({ model, messages: question, stream: true, ignore_eos: true });
  let chunks = 0;
  for await (const chunk of stream) {
    assert.equal(chunk.object, "chat.completion.chunk");
    chunks++;
    stream.controller.abort();
  }

  assert.ok(chunks >= 1);
});

test("openai leaves nothing running when a request is aborted", async () => {
  const abort = new AbortController();
  const asked = openai.chat.completions.create(
    { model, messages: question, ignore_eos: true, n: 8 },
    { signal: abort.signal },
  );
  abort.abort();

  await assert.rejects(asked, OpenAI.APIUserAbortError);
});

test("ai answers in one piece and tells the usage", async () => {
  const reply = await generateText({ model: corral(model), messages: question, maxRetries: 0 });

  assert.match(reply.text, /\S/);
  assert.equal(reply.finishReason, "stop");
  assert.ok(reply.usage.inputTokens > 0 && reply.usage.outputTokens > 0);
});

test("ai streams and tells the usage", async () => {
  const reply = streamText({ model: corral(model), messages: question, maxRetries: 0 });
  let text = "";
  for await (const part of reply.textStream) {
    text += part;
  }

  assert.match(text, /\S/);
  assert.equal(await reply.finishReason, "stop");
  assert.ok((await reply.usage).outputTokens > 0);
});

test("ai makes an object of a reply that a schema constrains", async () => {
  const reply = await generateObject({
    model: corral(model),
    prompt: "Tell me about a person.",
    schema: Person,
    maxRetries: 0,
  });

  assert.deepEqual(Person.parse(reply.object), reply.object);
});

test("ai has a tool called, streamed and not", async () => {
  const kept = [];
  const asked = {
    model: corral(model),
    messages: question,
    temperature: 0,
    toolChoice: "required",
    tools: {
      keep: tool({
        description: "Keeps a person.",
        inputSchema: Person,
        execute: async (person) => {
          kept.push(person);
          return "Kept.";
        },
      }),
    },
  };
  const whole = await generateText(asked);
  const streamed = await streamText(asked).toolCalls;

  assert.equal(whole.finishReason, "tool-calls");
  assert.deepEqual(whole.toolCalls[0].input, Person.parse(kept[0]));
  assert.deepEqual(streamed[0].input, kept[0]);
});

test("ai embeds texts", async () => {
  const { embeddings } = await embedMany({
    model: corral.embeddingModel(model),
    values: ["a stable", "a llama"],
  });

  assert.equal(embeddings.length, 2);
  assert.equal(embeddings[0].length, embeddings[1].length);
});

test("ai raises an error with the server's message", async () => {
  await assert.rejects(generateText({ model: corral("none"), messages: question, maxRetries: 0 }), (error) => {
    assert.equal(error.statusCode, 404);
    assert.match(error.message, /'none' does not exist/);
    return true;
  });
});
