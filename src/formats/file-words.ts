import type { PolicyProblemCode } from "../domain/policy/policy-problem.js";
import type { FileProblemCode, ProblemWords } from "./file-problem.js";

/** Sentences for what can be wrong with the shape of a file, its references, or the arguments of a command. */
export const FILE_WORDS: Readonly<Record<Exclude<FileProblemCode, PolicyProblemCode>, ProblemWords>> = {
  "bad-format": {
    "pt-BR": ["{received} não está no formato esperado.", "Escreva assim: {example}."],
    en: ["{received} is not in the expected form.", "Write it like this: {example}."],
  },
  "bad-name": {
    "pt-BR": ["{received} não serve como nome aqui.", "Escreva assim: {example}."],
    en: ["{received} cannot be a name here.", "Write it like this: {example}."],
  },
  "contact-without-address": {
    "pt-BR": ["O contato não tem e-mail nem celular.", "Preencha email ou phone."],
    en: ["The contact has neither an e-mail address nor a mobile number.", "Fill in email or phone."],
  },
  "contract-changed": {
    "pt-BR": [
      "A versão {version} do contrato {contract} já está gravada com outros termos ({fields}).",
      "Versões de contrato não mudam: escreva os novos termos como versão {next}.",
    ],
    en: [
      "Version {version} of the contract {contract} is stored with other terms ({fields}).",
      "Versions of contracts never change: write the new terms as version {next}.",
    ],
  },
  duplicate: {
    "pt-BR": ["{received} já aparece em {first}.", "Use um valor próprio, ou apague a repetição."],
    en: ["{received} already appears at {first}.", "Use a value of its own, or delete the repetition."],
  },
  "duplicate-key": {
    "pt-BR": ["Há um campo repetido na linha {line}, coluna {column}.", "Deixe o campo uma só vez."],
    en: ["A field is repeated at line {line}, column {column}.", "Leave the field once."],
  },
  empty: {
    "pt-BR": ["Este campo está vazio.", "Preencha o campo."],
    en: ["This field is empty.", "Fill the field in."],
  },
  "ends-before-start": {
    "pt-BR": ["O fim ({end}) não vem depois do início ({start}).", "Corrija uma das duas datas."],
    en: ["The end ({end}) does not come after the start ({start}).", "Correct one of the two dates."],
  },
  "file-too-long": {
    "pt-BR": ["O texto passa de {maximum} caracteres.", "Divida o arquivo ou confira se é o arquivo certo."],
    en: ["The text is longer than {maximum} characters.", "Split the file, or check that it is the right one."],
  },
  fractional: {
    "pt-BR": ["{received} não é um número inteiro.", "Escreva um número inteiro."],
    en: ["{received} is not a whole number.", "Write a whole number."],
  },
  "invalid-csv": {
    "pt-BR": ["A linha {line} abre aspas que não se fecham.", "Feche as aspas, ou apague-as."],
    en: ["Line {line} opens a quotation mark that is never closed.", "Close it, or delete it."],
  },
  "invalid-value": {
    "pt-BR": ["{received} não é um valor aceito.", "Use um destes: {allowed}."],
    en: ["{received} is not an accepted value.", "Use one of: {allowed}."],
  },
  "invalid-yaml": {
    "pt-BR": [
      "O texto não é YAML nem JSON válido na linha {line}, coluna {column}.",
      "Confira o recuo, as aspas e os dois-pontos nessa linha.",
    ],
    en: [
      "The text is neither valid YAML nor JSON at line {line}, column {column}.",
      "Check the indentation, quotes and colons of that line.",
    ],
  },
  "misplaced-argument": {
    "pt-BR": ["O argumento {received} sobra.", "Veja as opções com --help."],
    en: ["The argument {received} is not expected.", "See the options with --help."],
  },
  missing: {
    "pt-BR": ["Falta este valor.", "Acrescente-o."],
    en: ["This value is missing.", "Add it."],
  },
  "missing-command": {
    "pt-BR": ["Falta dizer o que fazer.", "Use um destes: {allowed}."],
    en: ["What to do is missing.", "Use one of: {allowed}."],
  },
  "missing-file": {
    "pt-BR": [
      "Faltam arquivos: são esperados {expected}, vieram {received}.",
      "Dê o caminho de cada arquivo, ou - para a entrada padrão.",
    ],
    en: [
      "Files are missing: {expected} expected, {received} given.",
      "Give the path of each file, or - for standard input.",
    ],
  },
  "not-a-boolean": {
    "pt-BR": ["{received} não é sim ou não.", "Escreva true ou false, sem aspas."],
    en: ["{received} is not a yes or no.", "Write true or false, without quotes."],
  },
  "not-a-list": {
    "pt-BR": ["{received} não é uma lista.", "Escreva uma lista: [um, dois], ou um item por linha com traço."],
    en: ["{received} is not a list.", "Write a list: [one, two], or one item per line with a dash."],
  },
  "not-a-map": {
    "pt-BR": ["{received} não é um grupo de campos.", "Escreva os campos com seus valores, um por linha."],
    en: ["{received} is not a group of fields.", "Write the fields with their values, one per line."],
  },
  "not-a-number": {
    "pt-BR": ["{received} não é um número.", "Escreva um número, sem aspas."],
    en: ["{received} is not a number.", "Write a number, without quotes."],
  },
  "not-a-text": {
    "pt-BR": ["{received} não é um texto.", "Escreva o texto entre aspas."],
    en: ["{received} is not a text.", "Write the text between quotes."],
  },
  "no-primary-contact": {
    "pt-BR": [
      "Nenhum contato de {received} tem o papel incident_primary.",
      "Dê esse papel a quem deve ser avisado de todo incidente.",
    ],
    en: [
      "No contact of {received} has the role incident_primary.",
      "Give that role to whoever is to be told of every incident.",
    ],
  },
  "phone-country": {
    "pt-BR": [
      "{received} é um número de {country}, fora da lista de países aceitos.",
      "Use um celular de {allowed}; ou acrescente {country} a phoneCountries.",
    ],
    en: [
      "{received} is a number of {country}, outside the list of accepted countries.",
      "Use a mobile number of {allowed}; or add {country} to phoneCountries.",
    ],
  },
  "phone-invalid": {
    "pt-BR": ["{received} não é um número de telefone que exista.", 'Escreva assim: "+55 11 95555-0101".'],
    en: ["{received} is not a phone number that can exist.", 'Write it like this: "+55 11 95555-0101".'],
  },
  "phone-not-mobile": {
    "pt-BR": ["{received} não é um celular e não recebe SMS.", 'Dê um celular, assim: "+55 11 95555-0101".'],
    en: ["{received} is not a mobile number and gets no SMS.", 'Give a mobile number, like this: "+55 11 95555-0101".'],
  },
  "primary-without-email": {
    "pt-BR": [
      "Quem tem o papel incident_primary precisa de um e-mail.",
      "Preencha email, ou dê o papel a outro contato.",
    ],
    en: [
      "Whoever has the role incident_primary needs an e-mail address.",
      "Fill in email, or give the role to another.",
    ],
  },
  "repeated-option": {
    "pt-BR": ["A opção {received} aparece mais de uma vez.", "Deixe a opção uma só vez."],
    en: ["The option {received} appears more than once.", "Leave the option once."],
  },
  "second-of-kind": {
    "pt-BR": ["{first} já traz {kind}.", "Importe um arquivo de cada tipo por vez."],
    en: ["{first} already has {kind}.", "Import one file of each kind at a time."],
  },
  "too-large": {
    "pt-BR": ["{received} passa do máximo, {maximum}.", "Use um valor até {maximum}."],
    en: ["{received} is over the maximum, {maximum}.", "Use a value up to {maximum}."],
  },
  "too-many": {
    "pt-BR": ["Há itens ou caracteres demais; o máximo é {maximum}.", "Reduza para até {maximum}."],
    en: ["There are too many items or characters; the maximum is {maximum}.", "Reduce them to at most {maximum}."],
  },
  "too-small": {
    "pt-BR": ["{received} fica abaixo do mínimo, {minimum}.", "Use um valor a partir de {minimum}."],
    en: ["{received} is under the minimum, {minimum}.", "Use a value from {minimum} up."],
  },
  "unknown-calendar": {
    "pt-BR": [
      "O calendário {received} não existe na política.",
      "Use 24x7, um destes: {known}; ou escreva o calendário por extenso.",
    ],
    en: [
      "The calendar {received} does not exist in the policy.",
      "Use 24x7, one of: {known}; or write the calendar out.",
    ],
  },
  "unknown-command": {
    "pt-BR": ["{received} não é um comando daqui.", "Use um destes: {allowed}."],
    en: ["{received} is not a command here.", "Use one of: {allowed}."],
  },
  "unknown-customer": {
    "pt-BR": ["O cliente {received} não está em customers.", "Corrija o id ou acrescente o cliente."],
    en: ["The customer {received} is not among customers.", "Correct the id or add the customer."],
  },
  "unknown-customer-here": {
    "pt-BR": [
      "O cliente {received} não está gravado nem nos arquivos dados.",
      "Corrija o id, ou importe o cliente junto, num arquivo com customers.",
    ],
    en: [
      "The customer {received} is neither stored nor in the files given.",
      "Correct the id, or import the customer too, in a file with customers.",
    ],
  },
  "unknown-file-kind": {
    "pt-BR": [
      "Não se reconhece o que este arquivo traz.",
      "Dê um arquivo com people, um com services e customers, ou um CSV com as colunas cliente, nome, e-mail, telefone e papeis.",
    ],
    en: [
      "What this file holds cannot be recognised.",
      "Give a file with people, one with services and customers, or a CSV with the columns customer, name, email, phone and roles.",
    ],
  },
  "unknown-key": {
    "pt-BR": ["O campo {key} não existe aqui.", "Apague-o ou corrija a grafia."],
    en: ["The field {key} does not exist here.", "Delete it or correct its spelling."],
  },
  "unknown-option": {
    "pt-BR": ["A opção {received} não existe.", "Use só estas: {allowed}."],
    en: ["The option {received} does not exist.", "Use only these: {allowed}."],
  },
  "unknown-person": {
    "pt-BR": ["A pessoa {received} não está em people.", "Corrija o id ou acrescente a pessoa."],
    en: ["The person {received} is not among people.", "Correct the id or add the person."],
  },
  "unknown-service": {
    "pt-BR": ["O serviço {received} não existe.", "Corrija o id ou acrescente o serviço em services."],
    en: ["The service {received} does not exist.", "Correct the id or add the service under services."],
  },
  "unknown-tier": {
    "pt-BR": ["A faixa {received} não existe na política.", "Use uma destas: {known}."],
    en: ["The tier {received} does not exist in the policy.", "Use one of: {known}."],
  },
  "unreadable-file": {
    "pt-BR": ["Não foi possível ler {received}.", "Confira o caminho e a permissão de leitura."],
    en: ["{received} could not be read.", "Check the path and the permission to read it."],
  },
  "unsafe-key": {
    "pt-BR": ["O campo {key} não é permitido.", "Use outro nome."],
    en: ["The field {key} is not allowed.", "Use another name."],
  },
  "unsupported-tag": {
    "pt-BR": [
      "Há uma marca YAML (!) não suportada na linha {line}, coluna {column}.",
      "Apague a marca e escreva o valor simples.",
    ],
    en: [
      "An unsupported YAML tag (!) stands at line {line}, column {column}.",
      "Delete the tag and write the plain value.",
    ],
  },
};
