import { mkdirSync, writeFileSync } from "node:fs";
import { page } from "./src/page.mjs";

mkdirSync("build", { recursive: true });
writeFileSync("build/index.html", page("Parts"));
