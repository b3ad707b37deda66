import 'kommo-preflight/element';

const answer = document.querySelector('#answer');
const element = document.querySelector('kommo-preflight');

element.addEventListener('report', ({ detail: report }) => {
  answer.textContent = report.verdict === 'fail'
    ? 'Please repair what fails before you send it.'
    : 'You can send it; our reviewers go through the rest with you.';
});
element.addEventListener('error', ({ detail }) => {
  answer.textContent = `Write to us: ${detail.message}`;
});
