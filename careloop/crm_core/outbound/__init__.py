"""What leaves the house: webhooks to other programs, and connectors to another CRM or ERP."""
