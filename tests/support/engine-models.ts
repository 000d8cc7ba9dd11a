const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:test">`

/** Start message `<name>/start` → service task of type `<name>` → end. */
export const serviceModel = (name: string, retries = 3): string => `${HEAD}
  <bpmn:process id="p-${name}" isExecutable="true">
    <bpmn:startEvent id="Start"><bpmn:outgoing>f1</bpmn:outgoing>
      <bpmn:messageEventDefinition id="m1" messageRef="m" /></bpmn:startEvent>
    <bpmn:serviceTask id="Work" name="仕事">
      <bpmn:extensionElements><zeebe:taskDefinition type="${name}" retries="${retries}" /></bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:endEvent id="End"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="Work" />
    <bpmn:sequenceFlow id="f2" sourceRef="Work" targetRef="End" />
  </bpmn:process>
  <bpmn:message id="m" name="${name}/start" />
</bpmn:definitions>`
