import { render } from "preact";
import { App } from "./app";
import { earlyIsDone } from "./client";

const root = document.getElementById("app");
if (root) void earlyIsDone().then(() => render(<App />, root));
