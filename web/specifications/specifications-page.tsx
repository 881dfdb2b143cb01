import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { SpecificationDrift } from "../../src/console/contract.ts";
import { change } from "../api/client.ts";
import { useSpecifications } from "../api/queries.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";
import { DriftView } from "./drift-view.tsx";
import { SpecificationUpload } from "./specification-upload.tsx";

/** What is documented, and where traffic says otherwise. */
export function SpecificationsPage(): ReactElement {
  const query = useSpecifications();
  return (
    <div className="grid gap-4">
      <PageTitle title="Specifications" hint="What is documented, and where traffic disagrees" />
      <SpecificationUpload />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel title="In force">
              <Notice
                title="No specification."
                detail="Everything that is called counts as undocumented until there is one."
              />
            </Panel>
          ) : (
            items.map((drift) => <InForce key={`${drift.source} ${drift.name}`} drift={drift} />)
          )
        }
      </Loaded>
    </div>
  );
}

function InForce({ drift }: { readonly drift: SpecificationDrift }): ReactElement {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => change("DELETE", `/api/specifications/${encodeURIComponent(drift.name)}`),
    onSuccess: () => client.invalidateQueries(),
  });
  const aside =
    drift.source === "file" ? (
      "from the configuration"
    ) : (
      <button type="button" className="button" disabled={isPending} onClick={() => mutate()}>
        Remove {drift.name}
      </button>
    );
  return (
    <Panel title={`${drift.title} ${drift.version}`} aside={aside}>
      {error !== null && (
        <p role="alert" className="text-bad">
          {error.message}
        </p>
      )}
      <DriftView drift={drift} />
    </Panel>
  );
}
