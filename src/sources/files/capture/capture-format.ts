import type { FileFormat } from "../file-format.ts";
import { CaptureReader } from "./capture-reader.ts";
import { LateScanner } from "./late-scanner.ts";
import { isPcap, PcapScanner } from "./pcap-scanner.ts";
import { isPcapng, PcapngScanner } from "./pcapng-scanner.ts";

/** Packet captures: pcap and pcapng, from a file or piped from tcpdump while it runs. */
export const capture: FileFormat = {
  id: "pcap",

  recognise({ bytes, isEnough }) {
    if (bytes.length < 4 && !isEnough) return undefined;
    return isPcap(bytes) || isPcapng(bytes);
  },

  open: () =>
    new CaptureReader(
      new LateScanner((head) => {
        if (isPcapng(head)) return new PcapngScanner();
        return isPcap(head) ? new PcapScanner() : undefined;
      }),
    ),
};
