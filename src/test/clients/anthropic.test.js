// Anthropic's client against the Corral whose address is in CORRAL_URL.
import assert from "node:assert/strict";
import { test } from "node:test";

import Anthropic from "@anthropic-ai/sdk";

const url = process.env.CORRAL_URL;
assert.ok(url, "CORRAL_URL must hold the address of a running Corral");

const anthropic = new Anthropic({ baseURL: url, apiKey: "any", maxRetries: 0 });
const asked = { model: "cria", max_tokens: 32, temperature: 0, messages: [{ role: "user", content: "What is 3 + 4?" }] };
const keep = {
  name: "keep",
  description: "Keeps a number.",
  input_schema: {
    type: "object",
    properties: { number: { type: "integer", minimum: 0, maximum: 99 } },
    required: ["number"],
    additionalProperties: false,
  },
};

test("answers in one piece", async () => {
  const message = await anthropic.messages.create(asked);

  assert.equal(message.role, "assistant");
  assert.equal(message.content[0].type, "text");
  assert.match(message.content[0].text, /\S/);
  assert.equal(message.stop_reason, "end_turn");
  assert.ok(message.usage.output_tokens > 0);
});

test("gathers from a stream what it answers in one piece", async () => {
  const whole = await anthropic.messages.create(asked);
  const stream = anthropic.messages.stream(asked);
  let text = "";
  stream.on("text", (part) => (text += part));
  const message = await stream.finalMessage();

  assert.equal(text, whole.content[0].text);
  assert.deepEqual(message.content[0].text, text);
  assert.equal(message.usage.output_tokens, whole.usage.output_tokens);
});

test("gets a call of a tool, streamed and not, and answers it", async () => {
  const calling = { ...asked, max_tokens: 128, tools: [keep], tool_choice: { type: "any" } };
  const message = await anthropic.messages.create(calling);
  const streamed = await anthropic.messages.stream(calling).finalMessage();
  const call = message.content.find((block) => block.type === "tool_use");
  const answer = await anthropic.messages.create({
    ...asked,
    tools: [keep],
    tool_choice: { type: "none" },
    messages: [
      ...asked.messages,
      { role: "assistant", content: message.content },
      { role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: "Kept." }] },
    ],
  });

  assert.equal(message.stop_reason, "tool_use");
  assert.equal(call.name, "keep");
  assert.ok(Number.isInteger(call.input.number));
  assert.deepEqual(streamed.content.find((block) => block.type === "tool_use").input, call.input);
  assert.equal(answer.role, "assistant");
});

test("counts tokens", async () => {
  const { model, messages } = asked;
  const count = await anthropic.messages.countTokens({ model, messages });
  const message = await anthropic.messages.create(asked);

  const read = message.usage.input_tokens + (message.usage.cache_read_input_tokens ?? 0);
  assert.equal(count.input_tokens, read);
});

test("raises the errors that it has classes for", async () => {
  await assert.rejects(anthropic.messages.create({ ...asked, model: "none" }), Anthropic.NotFoundError);
  await assert.rejects(anthropic.messages.create({ ...asked, max_tokens: 0 }), Anthropic.BadRequestError);
});

test("ends a stream that is aborted", async () => {
  const stream = await anthropic.messages.create({ ...asked, max_tokens: 256, stream: true });
  for await (const event of stream) {
    assert.equal(event.type, "message_start");
    stream.controller.abort();
    break;
  }

  const message = await anthropic.messages.create(asked);
  assert.match(message.content[0].text, /\S/);
});
