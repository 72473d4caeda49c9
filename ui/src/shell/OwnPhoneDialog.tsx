/** The profile's phone in a dialog of its own. */
import { Modal } from "@mantine/core";
import { useKeys } from "../keys/keys";
import { calls as words } from "../words/calls";
import { OwnPhone } from "./OwnPhone";

export default function OwnPhoneDialog({ onClose }: { onClose: () => void }) {
  useKeys({}, { modal: true });
  return (
    <Modal opened onClose={onClose} title={words.ownPhone}>
      <OwnPhone onSaved={onClose} onCancel={onClose} />
    </Modal>
  );
}
