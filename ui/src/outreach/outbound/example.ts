/** An order as another system would send it, made from a configuration and its template. Pure. */
import type { MessageTemplate } from "../../api/schema.gen";

export function orderOf(configurationId: number, template: MessageTemplate | undefined): string {
  const slots = template?.approved?.slots ?? [];
  const values = Object.fromEntries(slots.map((slot) => [slot.name, slot.sample]));
  const order = {
    configuration_id: configurationId,
    items: [
      {
        tocontactid: "+17875550142",
        optin: true,
        locale: "es-PR",
        key: "order-1042-shipped",
        contextitems: {
          ...values,
          regardingobjectid: "8f3b2a10-6c1d-4e0b-9f57-0d4c4f6a1b22",
          entityrelationshipname: "incident_msdyn_ocoutboundmessages",
        },
      },
    ],
  };
  return JSON.stringify(order, null, 2);
}
