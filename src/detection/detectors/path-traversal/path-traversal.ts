import type { RequestHead } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { judgeExposedFile } from "./backup-file.ts";
import { judgeClimb } from "./judge-climb.ts";
import { judgeTarget } from "./judge-target.ts";
import { readPathText } from "./path-units.ts";

/**
 * Finds values that make file-system code leave its folder or open a file of the host, such as
 * `../../etc/passwd` or `php://filter/resource=index`. A single step up to a document, style
 * sheet or picture is how honest relative links look and stays at low confidence in bodies.
 */
export const pathTraversal: Detector = {
  id: "path-traversal",
  summary:
    "Values that climb out of a folder, name a sensitive file of the host, or smuggle a stream wrapper into a file name.",
  requires: [],
  signs: {
    classes:
      characterClass.dot |
      characterClass.slash |
      characterClass.backslash |
      characterClass.percent |
      characterClass.colon |
      characterClass.at |
      characterClass.control |
      characterClass.nonAscii,
    texts: ["0x", "web-inf", "meta-inf"],
  },

  detect(field: Field, _request?: RequestHead, classes = -1): Match | undefined {
    const path = readPathText(field.value, classes);
    const climb = judgeClimb(field, path);
    if (climb?.confidence === "high") return climb;
    const target = judgeTarget(field, path);
    if (climb === undefined || target === undefined) {
      return climb ?? target ?? judgeExposedFile(field);
    }
    return rank[target.confidence] > rank[climb.confidence] ? target : climb;
  },
};

const rank = { low: 1, medium: 2, high: 3 } as const;
